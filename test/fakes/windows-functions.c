/*
 * Functions of kernel32.dll, advapi32.dll and crypt32.dll that a pipe, a console and sealed secrets need. Every call is printed to standard output.
 * Environment of the test:
 *   TYPED="one|two"   the lines somebody types, each with its line end; an empty one is Ctrl+Z
 *   NO_CONSOLE=1      there is none
 *   DENIED=1          the rights may not be changed, nothing is sealed
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint32_t DWORD;

static DWORD last_error;
static DWORD mode = 0x1f7;
static char descriptor[] = "descriptor";

static const char *narrow(const uint16_t *text) {
    static char to[400];
    char *end = to;
    while (*text && end < to + sizeof to - 1) *end++ = (char)*text++;
    *end = 0;
    return to;
}

DWORD GetLastError(void) { return last_error; }

uintptr_t CreateFileW(const uint16_t *name, DWORD access, DWORD share, void *security, DWORD how, DWORD flags, void *model) {
    printf("open %s access %x share %u how %u\n", narrow(name), access, share, how);
    fflush(stdout);
    if (getenv("NO_CONSOLE")) return last_error = 2, (uintptr_t)-1;
    return strchr(narrow(name), 'I') ? 10 : 20;
}

int CloseHandle(uintptr_t handle) {
    printf("close %d\n", (int)handle);
    fflush(stdout);
    return 1;
}

void *LocalFree(void *memory) {
    printf("free %s\n", memory == descriptor ? descriptor : "memory");
    fflush(stdout);
    if (memory != descriptor) free(memory);
    return NULL;
}

int ConvertStringSecurityDescriptorToSecurityDescriptorW(const uint16_t *text, DWORD revision, void **to, void *size) {
    printf("rights %s revision %u\n", narrow(text), revision);
    fflush(stdout);
    *to = descriptor;
    return 1;
}

int SetKernelObjectSecurity(uintptr_t handle, DWORD what, void *rights) {
    printf("set %d what %u %s\n", (int)handle, what, (char *)rights);
    fflush(stdout);
    if (getenv("DENIED")) return last_error = 5, 0;
    return 1;
}

int AttachConsole(DWORD process) {
    if (getenv("NO_CONSOLE")) return last_error = 6, 0;
    last_error = 5; /* attached already */
    return 0;
}

int GetConsoleMode(uintptr_t handle, DWORD *to) {
    *to = mode;
    return handle == 10;
}

int SetConsoleMode(uintptr_t handle, DWORD to) {
    mode = to;
    printf("mode %x\n", to);
    fflush(stdout);
    return handle == 10;
}

int WriteConsoleW(uintptr_t handle, const uint16_t *text, DWORD count, DWORD *written, void *reserved) {
    printf("say %d %u %c\n", (int)handle, count, *text < 32 ? '-' : (char)*text);
    fflush(stdout);
    *written = count;
    return 1;
}

int ReadConsoleW(uintptr_t handle, uint16_t *to, DWORD size, DWORD *count, void *control) {
    static const char *typed;
    if (!typed) typed = getenv("TYPED");
    *count = 0;
    if (!typed || *typed == 0) return 1;
    while (*typed && *typed != '|') to[(*count)++] = (unsigned char)*typed++;
    if (*typed == '|') typed++;
    if (*count == 0) return 1;
    to[(*count)++] = '\r';
    to[(*count)++] = '\n';
    return handle == 10;
}

typedef struct {
    DWORD size;
    uint8_t *data;
} Blob;

/* No cipher, but nobody reads the text in it: what matters is what goes in and out. */
static int flip(const Blob *from, Blob *to) {
    if (getenv("DENIED")) return last_error = 5, 0;
    to->size = from->size;
    to->data = malloc(from->size + 1);
    for (DWORD at = 0; at < from->size; at++) to->data[at] = from->data[at] ^ 0x5a;
    return 1;
}

int CryptProtectData(const Blob *from, const uint16_t *description, void *entropy, void *reserved, void *prompt, DWORD flags, Blob *to) {
    printf("protect %u for %s flags %u\n", from->size, narrow(description), flags);
    fflush(stdout);
    return flip(from, to);
}

int CryptUnprotectData(const Blob *from, void *description, void *entropy, void *reserved, void *prompt, DWORD flags, Blob *to) {
    printf("unprotect %u flags %u\n", from->size, flags);
    fflush(stdout);
    return flip(from, to);
}
