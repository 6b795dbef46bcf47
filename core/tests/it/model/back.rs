//! The model's refunds: asked for in the account, approved there, paid or declined by the book.

use super::owed::since_decision;
use super::state::{Back, Message, Model, Refunding, Said};

impl Model {
    /// Whether credit may be paid out, or money of a receipt asked back, under an id.
    fn may_ask_back(&self, new: &str, of: &Back, amount: i64, day: i64) -> Said<()> {
        if let Back::Receipt(_, "globex") = of {
            return Err("customer-outside");
        }
        if self.refunds.contains_key(new) {
            return Err("refund-twice");
        }
        self.is_new(new)?;
        match of {
            Back::Credit(item) => self.may_pay_out(item, amount, day),
            Back::Receipt(..) if amount <= 0 => Err("receipt-amount"),
            Back::Receipt(..) => Ok(()),
        }
    }

    fn may_pay_out(&self, item: &str, amount: i64, day: i64) -> Said<()> {
        let credit = self.item(item)?;
        if !credit.credit {
            return Err("credit-target");
        }
        credit.may_fall(amount, day)
    }

    /// All that the payer asks back is one job; what came to nothing counts no more.
    pub fn ask_back(&mut self, new: &str, of: Back, amount: i64, day: i64) -> Said {
        self.may_ask_back(new, &of, amount, day)?;
        let earlier = since_decision(self.refunds.values().map(|one| {
            let stands = one.status != "rejected" && one.declined.is_none();
            (one.step, if stands { one.amount } else { 0 }, one.decided)
        }));
        let free = amount <= 25_000 && (earlier == 0 || earlier + amount <= 25_000);
        let (status, step) = ("pending", self.step());
        let one = Refunding { step, of, amount, status, decided: false, done: None, declined: None };
        self.refunds.insert(new.to_owned(), one);
        if free || !self.refunds_approved { self.pay_back(new, day) } else { Ok(Vec::new()) }
    }

    /// What is approved is paid out here, or ordered of the book.
    fn pay_back(&mut self, id: &str, day: i64) -> Said {
        let Refunding { of, amount, .. } = self.refunds[id].clone();
        let message = match of {
            Back::Credit(item) => {
                self.may_pay_out(&item, amount, day)?;
                self.fall(&item, amount, day);
                self.refunds.get_mut(id).unwrap().done = Some(day);
                Message::PayOut(id.to_owned())
            }
            Back::Receipt(..) => Message::PayBack(id.to_owned()),
        };
        self.refunds.get_mut(id).unwrap().status = "approved";
        Ok(vec![message])
    }

    pub fn decide_refund(
        &mut self,
        id: &str,
        who: (u8, u8),
        (right, approve): (bool, bool),
        day: i64,
    ) -> Said {
        match (self.refunds[id].status, right, who) {
            ("pending", true, (1.., 0)) => {}
            ("pending", false, _) => return Err("approval-content"),
            ("pending", _, (0, _)) => return Err("approval-author"),
            ("pending", ..) => return Err("approval-role"),
            _ => return Err("approval-not-open"),
        }
        if approve {
            let told = self.pay_back(id, day)?;
            self.refunds.get_mut(id).unwrap().decided = true;
            return Ok(told);
        }
        self.refunds.get_mut(id).unwrap().status = "rejected";
        Ok(Vec::new())
    }

    /// The book pays an order on the first open day, or says why it cannot.
    pub fn order(&mut self, id: &str, day: i64) -> Said {
        let Refunding { of: Back::Receipt(receipt, customer), amount, .. } = self.refunds[id].clone() else {
            panic!("{id} is no order to pay money of a receipt back");
        };
        let day = self.book_closed.hard.map_or(day, |through| day.max(through + 1));
        let why = match self.receipts.get(&receipt) {
            None => Some("receipt-unknown"),
            Some(one) if one.customer != Some(customer) => Some("refund-customer"),
            Some(one) if one.reversed.is_some() => Some("receipt-reversed"),
            Some(one) if amount > self.free_from(receipt, day.max(one.from)) => Some("receipt-overspent"),
            Some(_) => None,
        };
        if let Some(why) = why {
            return Ok(vec![Message::DeclineRefund(id.to_owned(), why)]);
        }
        let one = self.receipts.get_mut(&receipt).unwrap();
        one.refunds.push((day.max(one.from), amount));
        self.paid_back.insert(format!("refund:acme:{id}"), amount);
        Ok(Vec::new())
    }

    pub fn declined(&mut self, id: &str, why: &'static str) -> Said {
        self.refunds.get_mut(id).unwrap().declined = Some(why);
        Ok(Vec::new())
    }
}
