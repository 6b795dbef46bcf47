//! A rulebook's faults come all together, each with its place.

use duebill::wire;
use serde_json::{Value, json};

fn golden() -> Value {
    serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap()
}

/// Code name and pointer of everything that is refused.
fn found(document: &Value) -> Vec<(&'static str, String)> {
    let refusal = wire::compile(document.to_string().as_bytes()).unwrap_err();
    refusal.findings().map(|finding| (finding.code.name, finding.path.clone())).collect()
}

#[test]
fn faults_of_the_shape_and_of_the_rules_are_listed_together() {
    let mut document = golden();
    document["policy"]["calendars"][0]["zone"] = json!("Mars/Base");
    let twin = json!({ "id": "eur-again", "currency": "EUR", "value": "90" });
    document["policy"]["rates"].as_array_mut().unwrap().push(twin);
    document["terms"][0]["parent"] = json!("acme-berlin");
    document["terms"][2]["currency"] = json!("XQX");
    let found = found(&document);
    for expected in [
        ("currency-unknown", "/terms/2/currency"),
        ("zone-unknown", "/policy/calendars/0/zone"),
        ("rates-equal", "/policy/rates/4"),
        ("parent-circular", "/terms/0/parent"),
    ] {
        assert!(
            found.iter().any(|(name, path)| (*name, path.as_str()) == expected),
            "{expected:?}: {found:?}"
        );
    }
}

#[test]
fn an_unknown_currency_causes_no_finding_but_its_own() {
    let mut document = golden();
    document["policy"]["rates"][0]["currency"] = json!("XQX");
    document["policy"]["rates"][2]["currency"] = json!("XQY");
    let unknown = |place| ("currency-unknown", format!("/policy/rates/{place}/currency"));
    assert_eq!(found(&document), [unknown(0), unknown(2)]);
}

#[test]
fn terms_list_their_faults_together() {
    let rulebook = wire::compile(golden().to_string().as_bytes()).unwrap();
    let mut terms = golden()["terms"][2].clone();
    terms["currency"] = json!("XQX");
    terms["calendar"] = json!("nowhere");
    let refusal = wire::add_terms(&rulebook, terms.to_string().as_bytes()).unwrap_err();
    let names: Vec<_> = refusal.findings().map(|finding| finding.code.name).collect();
    assert_eq!(names, ["currency-unknown", "reference-unknown"]);
}

#[test]
fn what_cannot_stand_on_a_document_is_found_where_it_is() {
    let mut document = golden();
    document["policy"]["seller"]["party"] = json!({
        "address": { "country": "Germany", "lines": ["Line\none"] },
        "tax_ids": [{ "scheme": "VAT", "value": "" }],
    });
    document["policy"]["seller"]["payment_means"] = json!([{ "code": "IBAN" }]);
    document["terms"][1]["party"] = json!({
        "legal_name": "Acme \u{202e}HbmG",
        "contacts": [{ "id": "c", "purpose": "billing" }, { "id": "c", "purpose": "site", "email": " " }],
    });
    document["terms"][1]["contract"] = json!("x".repeat(501));
    document["terms"][1]["notes"] = json!(["fine", ""]);
    let found = found(&document);
    for (name, path) in [
        ("country", "/policy/seller/party/address/country"),
        ("document-text", "/policy/seller/party/address/lines/0"),
        ("document-text", "/policy/seller/party/tax_ids/0/value"),
        ("payment-means", "/policy/seller/payment_means/0/code"),
        ("document-text", "/terms/1/party/legal_name"),
        ("id-twice", "/terms/1/party/contacts/1/id"),
        ("document-text", "/terms/1/party/contacts/1/email"),
        ("document-text", "/terms/1/contract"),
        ("document-text", "/terms/1/notes/1"),
    ] {
        assert!(found.contains(&(name, path.to_owned())), "{name} at {path}: {found:?}");
    }
    assert_eq!(found.len(), 9, "{found:?}");
}

#[test]
fn references_that_not_every_number_gives_are_found_before_one_is_given() {
    let with = |rules: Value, change: &dyn Fn(&mut Value)| {
        let mut document = golden();
        document["policy"]["billing"]["payment_references"] = rules;
        change(&mut document["policy"]["numbering"]);
        wire::compile(document.to_string().as_bytes()).map_or_else(
            |refusal| refusal.findings().map(|finding| (finding.code.name, finding.path.clone())).collect(),
            |_| Vec::new(),
        )
    };
    let at =
        |name: &'static str, path: &str| vec![(name, format!("/policy/billing/payment_references/{path}"))];
    let ogm = json!([{ "scheme": "ogm", "series": "invoices" }]);
    assert_eq!(with(ogm.clone(), &|_| ()), at("payment-reference", "0"));
    assert_eq!(with(ogm, &|numbering| numbering[0]["last"] = json!(999_999)), []);
    let none = json!([{ "scheme": "rf", "series": "none" }]);
    assert_eq!(with(none, &|_| ()), at("reference-unknown", "0/series"));
    let letters = json!([{ "scheme": "ocr", "series": "invoices", "prefix": "A1" }]);
    assert_eq!(with(letters, &|_| ()), at("reference-rule", "0"));
    let month = |numbering: &mut Value| numbering[0]["pattern"] = json!("{month}-{counter}-{year}");
    let lost = json!([{ "scheme": "qrr", "series": "invoices" }]);
    assert_eq!(with(lost, &month), at("reference-ambiguous", "0"));
    let viite = json!([{ "scheme": "viite", "series": "invoices" }]);
    assert_eq!(with(viite, &month), at("reference-ambiguous", "0"));
    let whole = json!([{ "scheme": "kid_mod10", "series": "invoices" }]);
    assert_eq!(with(whole, &month), []);
    let kept = json!([{ "scheme": "qrr", "series": "invoices", "prefix": "7" }]);
    assert_eq!(with(kept, &month), []);
    let two = json!([{ "scheme": "rf", "series": "invoices" }, { "scheme": "rf", "series": "others", "prefix": "9" }]);
    let others = |numbering: &mut Value| {
        let other = json!({ "pattern": "O{year}-{counter}", "reset": "year", "series": "others" });
        numbering.as_array_mut().unwrap().push(other);
    };
    assert_eq!(with(two, &others), at("reference-ambiguous", "1/prefix"));
}

/// A code of UNCL 4461, three digits at most, or ZZZ for what both agreed on.
#[test]
fn a_payment_means_has_a_code_of_the_list() {
    let mut document = golden();
    let means = ["1", "30", "ZZZ", "1234", "AB", "4A"].map(|code| json!({ "code": code }));
    document["policy"]["seller"]["payment_means"] = json!(means);
    let wrong = |place| ("payment-means", format!("/policy/seller/payment_means/{place}/code"));
    assert_eq!(found(&document), [wrong(3), wrong(4), wrong(5)]);
}

#[test]
fn a_delegation_goes_to_another_person_for_a_time_in_a_role() {
    let mut document = golden();
    let from_clara = |change: Value| {
        let mut one = json!({
            "by": "hr", "from": "clara", "from_date": "2026-03-01", "roles": ["manager"], "to": "dora",
            "to_date": "2026-03-01",
        });
        one.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        one
    };
    document["policy"]["delegations"] = json!([
        from_clara(json!({})),
        from_clara(json!({ "to": "clara" })),
        from_clara(json!({ "to_date": "2026-02-28" })),
        from_clara(json!({ "roles": [] })),
    ]);
    let wrong = |place| ("approval-delegation", format!("/policy/delegations/{place}"));
    assert_eq!(found(&document), [wrong(1), wrong(2), wrong(3)]);
}

/// A key of small order verifies what nobody signed. A build without signatures looks at no key.
#[test]
fn a_key_that_proves_nothing_is_no_key_of_a_signer() {
    let mut document = golden();
    let weak = "01".to_owned() + &"00".repeat(31);
    let sound = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
    document["policy"]["signers"] =
        json!([{ "person": "boris", "key": sound }, { "person": "dora", "key": weak }]);
    if cfg!(feature = "signatures") {
        assert_eq!(found(&document), [("signer-key", "/policy/signers/1/key".to_owned())]);
    } else {
        wire::compile(document.to_string().as_bytes()).unwrap();
    }
}

#[test]
fn a_country_is_two_capital_letters() {
    for (country, fits) in [("DE", true), ("de", false), ("DEU", false), ("D", false)] {
        let mut document = golden();
        document["terms"][1]["party"] = json!({ "address": { "country": country } });
        match wire::compile(document.to_string().as_bytes()) {
            Ok(_) => assert!(fits, "{country}"),
            Err(refusal) => {
                assert!(!fits, "{country}: {refusal:?}");
                assert_eq!(found(&document), [("country", "/terms/1/party/address/country".to_owned())]);
            }
        }
    }
}

#[test]
fn no_two_series_can_give_one_number() {
    let series = |id: &str, pattern: &str, last: u32| json!({ "series": id, "pattern": pattern, "reset": "never", "last": last });
    let most = u32::MAX;
    for (first, second, last, shared) in [
        ("N-{counter}", "N-{counter}", most, true),
        ("N-{counter:2}", "N-{counter:4}", most, true),
        ("N-{counter:2}", "N-{counter:4}", 999, false),
        ("N{year}-{counter}", "N{fiscal_year}-{counter}", most, true),
        ("N{year}-{counter}", "N2027-{counter}", most, true),
        ("N-{counter}", "M-{counter}", most, false),
        ("N{year}-{counter}", "N{year}{month}-{counter}", most, false),
    ] {
        let mut document = golden();
        let numbering = document["policy"]["numbering"].as_array_mut().unwrap();
        let place = numbering.len() + 1;
        numbering.extend([series("first", first, last), series("second", second, most)]);
        let path = format!("/policy/numbering/{place}/pattern");
        let expected = if shared { vec![("number-shared", path)] } else { Vec::new() };
        let found =
            wire::compile(document.to_string().as_bytes()).map_or_else(|_| found(&document), |_| Vec::new());
        assert_eq!(found, expected, "{first} and {second}");
    }
}

/// Names are kept as they are given; of two that a person takes for each other somebody is told.
#[test]
fn names_that_a_person_takes_for_each_other_are_warned_of() {
    let told = |one: &str, other: &str| -> Vec<(&str, String)> {
        let mut document = golden();
        document["terms"][0]["name"] = json!(one);
        document["terms"][2]["name"] = json!(other);
        let rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
        rulebook.warnings().iter().map(|finding| (finding.code.name, finding.message.clone())).collect()
    };
    // Cyrillic I; composed and decomposed accents; a Greek omicron; capitals; a capital I for an l.
    for (one, other, shown) in [
        ("Initech", "\u{406}nitech", r"got `\u{406}nitech` beside `Initech`"),
        ("Caf\u{e9}", "Cafe\u{301}", r"got `Cafe\u{301}` beside `Caf\u{e9}`"),
        ("Northstar", "N\u{3bf}rthstar", r"got `N\u{3bf}rthstar` beside `Northstar`"),
        ("Northstar", "NORTHSTAR", "got `NORTHSTAR` beside `Northstar`"),
        ("Paypal", "PaypaI", "got `PaypaI` beside `Paypal`"),
    ] {
        let told = told(one, other);
        let [(name, message)] = told.as_slice() else { panic!("{one} and {other}: {told:?}") };
        assert_eq!(*name, "look-alike");
        assert!(message.ends_with(shown), "{message}");
    }
    assert_eq!(told("Acme GmbH", "Acme AG"), []);
}
