//! How things are measured here: CPU time of the process, contenders interleaved round by round,
//! medians, and equal results before any figure.

use cpu_time::ProcessTime;

/// Median CPU nanoseconds per unit of each contender, over interleaved rounds.
///
/// Every contender runs once uncounted; what it returns must be equal to what the first returns.
///
/// # Errors
/// A sentence naming the contender whose result differs.
pub fn medians<R: PartialEq>(
    rounds: usize,
    units: usize,
    contenders: &[(&str, &dyn Fn() -> R)],
) -> Result<Vec<(String, u128)>, String> {
    let mut expected = None;
    for (name, run) in contenders {
        let result = run();
        if expected.get_or_insert_with(run) != &result {
            return Err(format!("{name} gives another result"));
        }
    }
    let mut times: Vec<Vec<u128>> = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for ((_, run), times) in contenders.iter().zip(&mut times) {
            let start = ProcessTime::now();
            let result = run();
            times.push(start.elapsed().as_nanos());
            drop(result);
        }
    }
    let median = |times: &mut Vec<u128>| {
        times.sort_unstable();
        let middle = times.get(times.len().div_euclid(2)).copied().unwrap_or(0);
        middle.checked_div(units.try_into().unwrap_or(1)).unwrap_or(0)
    };
    Ok(contenders
        .iter()
        .zip(&mut times)
        .map(|((name, _), times)| ((*name).to_owned(), median(times)))
        .collect())
}
