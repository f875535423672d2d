/*
 * The three functions of advapi32.dll that a service needs, and GetLastError, with the threads of the real one: ServiceMain
 * is called on a thread of its own, the control handler on the dispatcher's. Environment of the test:
 *   SCM_REFUSES=1        nobody of the service control manager started this process
 *   SCM_CONTROLS=4,42,1  controls sent once the service runs
 * Prints every call to standard output.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void print_name(const uint16_t *name) {
    while (*name) putchar(*name++);
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
    setvbuf(stdout, NULL, _IOLBF, 0); /* the program writes to the same pipe */
    if (getenv("SCM_REFUSES")) {
        last_error = 1063;
        return 0;
    }
    printf("dispatcher ");
    print_name(table[0].name);
    printf(" terminated %d\n", table[1].name == NULL && table[1].main == NULL);
    pthread_t service;
    pthread_create(&service, NULL, run_main, (void *)table[0].main);
    if (wait_for(4)) {
        char *controls = strdup(getenv("SCM_CONTROLS"));
        for (char *control = strtok(controls, ","); control; control = strtok(NULL, ",")) {
            DWORD answer = handler(atoi(control), 0, NULL, NULL);
            printf("control %s answered %u\n", control, answer);
        }
        wait_for(1);
    }
    pthread_join(service, NULL);
    printf("dispatcher ends\n");
    return 1;
}

void *RegisterServiceCtrlHandlerExW(const uint16_t *name, Handler given, void *context) {
    printf("handler of ");
    print_name(name);
    printf("\n");
    handler = given;
    return (void *)&handler;
}

int8_t SetServiceStatus(void *handle, const struct status *given) {
    if (handle != (void *)&handler) {
        last_error = 6;
        return 0;
    }
    printf("status %u state %u accepts %u exit %u/%u check %u hint %u\n", given->type, given->state, given->accepted,
           given->win32, given->specific, given->check_point, given->wait_hint);
    pthread_mutex_lock(&lock);
    state = given->state;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return 1;
}

DWORD GetLastError(void) { return last_error; }
