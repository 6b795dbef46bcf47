/* The sizes and places that compiled hosts rely on, as long as DUEBILL_ABI_VERSION is 1. Valid C99, C11 and C++17. */
#include "duebill.h"

#define HOLDS(name, condition) typedef char name[(condition) ? 1 : -1]

HOLDS(abi, DUEBILL_ABI_VERSION == 1);
HOLDS(status, sizeof(duebill_status) == 4);
HOLDS(rulebook, sizeof(duebill_rulebook) == 8);
HOLDS(log_handle, sizeof(duebill_log) == 8);
HOLDS(result, sizeof(duebill_result) == 8);

HOLDS(error_size, sizeof(duebill_error) == 840);
HOLDS(error_code, offsetof(duebill_error, code) == 0);
HOLDS(error_findings, offsetof(duebill_error, findings) == 4);
HOLDS(error_offset, offsetof(duebill_error, offset) == 8);
HOLDS(error_details, offsetof(duebill_error, details) == 16);
HOLDS(error_name, offsetof(duebill_error, name) == 24);
HOLDS(error_pointer, offsetof(duebill_error, pointer) == 72);
HOLDS(error_message, offsetof(duebill_error, message) == 328);

HOLDS(text_size, sizeof(duebill_text) == 2 * sizeof(void *));
HOLDS(text_length, offsetof(duebill_text, length) == sizeof(void *));

HOLDS(view_kind, offsetof(duebill_view, kind) == 0);
HOLDS(view_raw, offsetof(duebill_view, raw) == 8);
HOLDS(view_text, offsetof(duebill_view, text) == 8 + 2 * sizeof(void *));
HOLDS(view_integer, offsetof(duebill_view, integer) == 8 + 4 * sizeof(void *));
HOLDS(view_count, offsetof(duebill_view, count) == 16 + 4 * sizeof(void *));
HOLDS(view_size, sizeof(duebill_view) == 16 + 5 * sizeof(void *));

int main(void) {
    return duebill_abi_version() == DUEBILL_ABI_VERSION ? 0 : 1;
}
