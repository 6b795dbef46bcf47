//! What a small number of a wish is about.

use super::state::Model;

impl Model {
    /// Something to choose among: an invoice, an item that moved in, a credit note, a write-off.
    pub fn pick(&self, place: u8) -> String {
        match place {
            0..=5 => {
                let id = self.invoices.get(usize::from(place) % self.invoices.len().max(1));
                id.map_or("none".into(), |(id, _)| id.clone())
            }
            6..=8 => format!("I{}", place - 6),
            9..=14 => format!("C{}", place - 9),
            _ => format!("W{}", place - 15),
        }
    }

    /// One of some things by preference, anything otherwise.
    pub fn prefer(&self, things: Vec<String>, place: u8) -> String {
        match things.len() {
            0 => self.pick(place),
            _ if place % 8 == 7 => self.pick(place),
            count => things[usize::from(place) % count].clone(),
        }
    }

    /// What is owed by the customer, as far as something is open.
    pub fn owed(&self) -> Vec<String> {
        self.items
            .iter()
            .filter(|(_, item)| !item.credit && item.open() > 0)
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Everything that was ever owed by the customer.
    pub fn billed(&self) -> Vec<String> {
        self.items.iter().filter(|(_, item)| !item.credit).map(|(id, _)| id.clone()).collect()
    }

    /// Invoices and credit notes that are not void.
    pub fn voidable(&self) -> Vec<String> {
        let invoices = self.invoices.iter().map(|(id, one)| (id, one.state));
        let credits =
            self.credits.iter().map(|(id, one)| (id, one.state)).filter(|(_, state)| *state != "issued");
        invoices.chain(credits).filter(|(_, state)| *state != "void").map(|(id, _)| id.clone()).collect()
    }

    /// What waits for a decision.
    pub fn undecided(&self) -> Vec<String> {
        let invoices = self.invoices.iter().map(|(id, one)| (id, one.state));
        let credits = self.credits.iter().map(|(id, one)| (id, one.state));
        let written = self.write_offs.iter().map(|(id, one)| (id, one.status));
        let voidings = self.voidings.iter().map(|(id, one)| (id, one.status));
        let refunds = self.refunds.iter().map(|(id, one)| (id, one.status));
        let all = invoices.chain(credits).chain(written).chain(voidings).chain(refunds);
        all.filter(|(_, state)| ["awaiting_approval", "pending"].contains(state))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// What waits for its number.
    pub fn unnumbered(&self) -> Vec<String> {
        let invoices = self.invoices.iter().map(|(id, one)| (id, one.state));
        let credits = self.credits.iter().map(|(id, one)| (id, one.state));
        let waiting = invoices.chain(credits).filter(|(_, state)| *state == "approved");
        waiting.map(|(id, _)| id.clone()).collect()
    }

    /// What is owed to the customer.
    pub fn unused(&self) -> Vec<String> {
        self.items.iter().filter(|(_, item)| item.credit).map(|(id, _)| id.clone()).collect()
    }

    /// Credit notes and write-offs on an item.
    pub fn remedies(&self, item: &str) -> Vec<String> {
        let credits = self.credits.iter().map(|(id, one)| (id, &one.of));
        let written = self.write_offs.iter().map(|(id, one)| (id, &one.item));
        credits.chain(written).filter(|(_, of)| *of == item).map(|(id, _)| id.clone()).collect()
    }

    /// A dispute that has not ended, by preference.
    pub fn live_dispute(&self, place: u8) -> u8 {
        let live: Vec<u8> =
            self.disputes.iter().filter(|(_, one)| one.state != "closed").map(|(id, _)| *id).collect();
        if place == 5 {
            place
        } else {
            live.get(usize::from(place) % live.len().max(1)).copied().unwrap_or(place)
        }
    }

    /// A receipt of which something is left, by preference.
    pub fn known_receipt(&self, place: u8) -> u8 {
        let known: Vec<u8> = self.receipts.keys().copied().filter(|id| self.left_now(*id) > 0).collect();
        let known = known.get(usize::from(place) % known.len().max(1));
        if place == 3 { place } else { known.copied().unwrap_or(place) }
    }
}
