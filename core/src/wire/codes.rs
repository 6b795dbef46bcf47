use crate::error_code::Code;

/// Every code of every room, ascending by number.
#[must_use]
pub fn codes() -> Vec<Code> {
    let rooms: [&[Code]; 23] = [
        crate::money::MoneyError::CODES,
        crate::id::IdError::CODES,
        crate::calendar::CalendarError::CODES,
        crate::canon::CanonError::CODES,
        crate::audit::AuditError::CODES,
        crate::series::SeriesError::CODES,
        crate::tax::TaxError::CODES,
        crate::rates::RateError::CODES,
        crate::agreement::AgreementError::CODES,
        crate::work::WorkError::CODES,
        crate::rating::RatingError::CODES,
        crate::approval::ApprovalError::CODES,
        crate::invoice::InvoiceError::CODES,
        crate::ledger::LedgerError::CODES,
        crate::payment::PaymentError::CODES,
        crate::receivables::ReceivablesError::CODES,
        crate::role::RoleError::CODES,
        crate::rulebook::RulebookError::CODES,
        crate::account::AccountError::CODES,
        crate::report::ReportError::CODES,
        super::WireError::CODES,
        crate::task::TaskError::CODES,
        crate::retention::RetentionError::CODES,
    ];
    rooms.iter().flat_map(|room| room.iter().copied()).collect()
}
