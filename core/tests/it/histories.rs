//! Histories that once gave something twice, or left a log that could not go on.

use serde_json::Value;

#[test]
fn nothing_is_given_twice() {
    let histories: Value = serde_json::from_slice(include_bytes!("../histories.json")).unwrap();
    let histories = histories.as_object().unwrap();
    assert_eq!(histories.len(), 15);
    for (name, history) in histories {
        let answer = duebill::wire::calculate(history["request"].to_string().as_bytes()).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["outcomes"], history["outcomes"], "{name}");
        assert_eq!(answer["answers"], history["answers"], "{name}");
    }
}
