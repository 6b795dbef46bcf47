use crate::error_code::errors;

errors! {
    /// What can be wrong with a date, an instant, a zone or a calendar.
    pub enum CalendarError {
        301 "date-form" "expected a date as YYYY-MM-DD, got `{got}`"
        /// Not a calendar date.
        DateForm {
            /// The text that came.
            got: String
        },
        302 "date-range" "expected a date from 1900-01-01 to 9999-12-31, got {got}"
        /// Outside the years the domain covers, or a result that would leave them.
        DateRange {
            /// The date or calculation.
            got: String
        },
        303 "instant-form" "expected an instant as YYYY-MM-DDTHH:MM:SSZ or with an offset, got `{got}`"
        /// Not an RFC 3339 instant; a wall time without offset is none.
        InstantForm {
            /// The text that came.
            got: String
        },
        304 "zone-unknown" "expected an IANA time zone such as Europe/Berlin, got `{got}`"
        /// No such zone in the compiled time-zone data.
        ZoneUnknown {
            /// The text that came.
            got: String
        },
        305 "local-time-absent" "expected a wall time that exists in {zone}, got {local}, which the clocks skipped"
        /// The clocks were set forward over this wall time.
        LocalTimeAbsent {
            /// The zone.
            zone: String,
            /// The wall time.
            local: String,
        },
        306 "local-time-form" "expected a wall time as YYYY-MM-DDTHH:MM, got `{got}`"
        /// Not a wall time.
        LocalTimeForm {
            /// The text that came.
            got: String
        },
        307 "clock-time-form" "expected a time of day as HH:MM from 00:00 to 24:00, got `{got}`"
        /// Not a time of day.
        ClockTimeForm {
            /// The text that came.
            got: String
        },
        308 "band-empty" "expected a band that ends after it starts, got {from} to {to}"
        /// A week rule that covers nothing.
        BandEmpty {
            /// Minute of the day it starts.
            from: u16,
            /// Minute of the day it ends.
            to: u16,
        },
        309 "bands-overlap" "expected one band at {day} {minute}, got {first} and {second}"
        /// Two week rules claim one minute.
        BandsOverlap {
            /// Day of the week, 1 is Monday.
            day: u8,
            /// Minute of that day.
            minute: u16,
            /// Band that stands there.
            first: String,
            /// Band that came.
            second: String,
        },
        310 "band-limit" "expected at most {limit} bands in a calendar, got more"
        /// A calendar with too many bands.
        BandLimit {
            /// Bands allowed.
            limit: usize
        },
        311 "no-business-day" "expected a business day, found none in {got}"
        /// A calendar without business days where one is sought.
        NoBusinessDay {
            /// Where it was sought.
            got: String
        },
    }
}
