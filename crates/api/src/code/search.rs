//! Refusals of the search endpoints.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/search-v2/message/create`.

super::codes! {
    INVALID_PARAM = 1_278_001, "invalid param" => "give a query, times in seconds with the start before the end, and the page_token of the same request";
    INTERNAL = 1_278_002 / 500 (retry), "Internal Server Error" => "try again; if it stays, report the log_id";
}
