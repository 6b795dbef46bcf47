/* For the C tests that read files. */
#ifndef DUEBILL_TEST_FILE_H
#define DUEBILL_TEST_FILE_H

#include "check.h"

/* A whole file, with a NUL behind it; the caller's to free. */
static inline char *read_all(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *bytes;
    CHECK(file != NULL && fseek(file, 0, SEEK_END) == 0);
    *length = (size_t)ftell(file);
    rewind(file);
    bytes = (char *)malloc(*length + 1);
    CHECK(bytes != NULL && fread(bytes, 1, *length, file) == *length && fclose(file) == 0);
    bytes[*length] = '\0';
    return bytes;
}

#endif
