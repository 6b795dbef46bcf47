use crate::report::ReportError;

/// Most things of one page.
const LIMIT: u32 = 1_000;

/// Checks how many things a page should have.
///
/// # Errors
/// [`ReportError::PageLimit`].
pub(super) fn page(limit: u32) -> Result<usize, ReportError> {
    let wrong = || ReportError::PageLimit { limit: LIMIT, got: limit };
    if limit == 0 || limit > LIMIT {
        return Err(wrong());
    }
    usize::try_from(limit).map_err(|_| wrong())
}

/// Refuses a token that no page of this reader ended with.
pub(super) fn no_token(got: &str) -> ReportError {
    ReportError::PageToken { got: got.chars().take(140).collect() }
}
