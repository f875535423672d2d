/*
 * The three functions of advapi32.dll that a service needs, and GetLastError, with the threads of the real one: ServiceMain
 * is called on a thread of its own, the control handler on the dispatcher's. Environment of the test:
 *   SCM_REFUSES=1        nobody of the service control manager started this process
 *   SCM_CONTROLS=4,42,1  controls sent once the service runs
 * Prints every call to standard output.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef uint32_t DWORD;
typedef void (*ServiceMain)(DWORD, void *);
typedef DWORD (*Handler)(DWORD, DWORD, void *, void *);
struct entry { const uint16_t *name; ServiceMain main; };
struct status { DWORD type, state, accepted, win32, specific, check_point, wait_hint; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static Handler handler;
static DWORD state;
static DWORD last_error;

/* One call for a line: the program writes to the same pipe, from other threads. */
static void say(const char *format, ...) {
    char line[200];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    if (write(1, line, length) != length) abort();
}

static const char *narrow(const uint16_t *name, char *to) {
    char *end = to;
    while (*name) *end++ = (char)*name++;
    *end = 0;
    return to;
}

static void *run_main(void *main) {
    ((ServiceMain)main)(0, NULL);
    return NULL;
}

static int wait_for(DWORD wanted) {
    pthread_mutex_lock(&lock);
    while (state != wanted && state != 1) pthread_cond_wait(&changed, &lock);
    int reached = state == wanted;
    pthread_mutex_unlock(&lock);
    return reached;
}

int8_t StartServiceCtrlDispatcherW(const struct entry *table) {
    if (getenv("SCM_REFUSES")) {
        last_error = 1063;
        return 0;
    }
    char name[40];
    int terminated = table[1].name == NULL && table[1].main == NULL;
    say("dispatcher %s terminated %d\n", narrow(table[0].name, name), terminated);
    pthread_t service;
    pthread_create(&service, NULL, run_main, (void *)table[0].main);
    if (wait_for(4)) {
        char *controls = strdup(getenv("SCM_CONTROLS"));
        for (char *control = strtok(controls, ","); control; control = strtok(NULL, ",")) {
            DWORD answer = handler(atoi(control), 0, NULL, NULL);
            say("control %s answered %u\n", control, answer);
        }
        wait_for(1);
    }
    pthread_join(service, NULL);
    say("dispatcher ends\n");
    return 1;
}

void *RegisterServiceCtrlHandlerExW(const uint16_t *name, Handler given, void *context) {
    char narrowed[40];
    say("handler of %s\n", narrow(name, narrowed));
    handler = given;
    return (void *)&handler;
}

int8_t SetServiceStatus(void *handle, const struct status *given) {
    if (handle != (void *)&handler) {
        last_error = 6;
        return 0;
    }
    say("status %u state %u accepts %u exit %u/%u check %u hint %u\n", given->type, given->state, given->accepted,
           given->win32, given->specific, given->check_point, given->wait_hint);
    pthread_mutex_lock(&lock);
    state = given->state;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return 1;
}

DWORD GetLastError(void) { return last_error; }
