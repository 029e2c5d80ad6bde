/* A call center as a general event list in C: what a careful programmer gets without any framework.
 *
 *   center CONTACTS SEED AWT_S  N_TYPES N_GROUPS
 *          (ARRIVALS_PER_S MEAN_HANDLE_S MEAN_PATIENCE_S N_ROUTES GROUP...)  for each type
 *          (AGENTS N_SKILLS TYPE...)                                         for each group
 *
 * Any number of types and groups: a type tries its groups in order; an agent who frees takes the types in the order of
 * the skills, first come first served within a type. All laws are exponential. Events lie in one binary heap; contacts
 * are records of a recycled pool, linked into the queue of their type. Prints one line of JSON.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_TYPES = 16, MOST_GROUPS = 16, NONE = -1 };
enum event_kind { ARRIVAL, SERVICE_END, PATIENCE_END };

/* `stamp` tells whether a patience event still speaks of the contact that now has its record. */
typedef struct { double time_s; int32_t subject; uint32_t stamp; int32_t kind; int32_t group; } event;
typedef struct { double arrived_s; int32_t type, before, after; uint32_t stamp; } contact;
typedef struct { double arrivals_per_s, mean_handle_s, mean_patience_s; int n_routes, routes[MOST_GROUPS], head, tail; long long offered, abandoned; } contact_type;
typedef struct { int free, n_skills, skills[MOST_TYPES]; } agent_group;

static contact_type types[MOST_TYPES];
static agent_group groups[MOST_GROUPS];
static int n_types, n_groups;
static double now_s, awt_s;
static int64_t to_arrive, answered_in_time;

/* --- Chance: xoshiro256++ (Blackman and Vigna 2019), its state filled by splitmix64 ------------- */

static uint64_t state[4];

static void seed_generator(uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = (seed += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        state[i] = z ^ (z >> 31);
    }
}

static inline uint64_t rotated(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline double exponential(double mean) {
    uint64_t bits = rotated(state[0] + state[3], 23) + state[0], t = state[1] << 17;
    state[2] ^= state[0]; state[3] ^= state[1]; state[1] ^= state[2]; state[0] ^= state[3];
    state[2] ^= t; state[3] = rotated(state[3], 45);
    return -mean * log((double)((bits >> 11) + 1) * 0x1p-53); /* u in (0, 1] */
}

/* --- Memory that grows by doubling --------------------------------------------------------------- */

static void *grown(void *old, size_t *capacity, size_t size) {
    *capacity = *capacity ? 2 * *capacity : 1024;
    void *larger = realloc(old, *capacity * size);
    if (!larger) { fputs("out of memory\n", stderr); exit(1); }
    return larger;
}

/* --- The event list ------------------------------------------------------------------------------ */

static event *heap;
static size_t n_events, heap_capacity;

static void schedule(event e) {
    if (n_events == heap_capacity) heap = grown(heap, &heap_capacity, sizeof *heap);
    size_t i = n_events++;
    for (size_t parent; i > 0 && heap[parent = (i - 1) / 2].time_s > e.time_s; i = parent) heap[i] = heap[parent];
    heap[i] = e;
}

static event next_event(void) {
    event first = heap[0], last = heap[--n_events];
    size_t i = 0, child;
    while ((child = 2 * i + 1) < n_events) {
        if (child + 1 < n_events && heap[child + 1].time_s < heap[child].time_s) child++;
        if (heap[child].time_s >= last.time_s) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return first;
}

/* --- Contacts: a pool with a free list ----------------------------------------------------------- */

static contact *pool;
static size_t n_records, pool_capacity;
static int32_t first_free = NONE;

static int32_t new_contact(int type) {
    int32_t c = first_free;
    if (c != NONE) {
        first_free = pool[c].after;
    } else {
        if (n_records == pool_capacity) pool = grown(pool, &pool_capacity, sizeof *pool);
        c = (int32_t)n_records++;
        pool[c].stamp = 0;
    }
    pool[c].arrived_s = now_s;
    pool[c].type = type;
    return c;
}

static void forget(int32_t c) {
    pool[c].after = first_free;
    first_free = c;
}

/* --- Queues: doubly linked, so that whoever gives up leaves from any place ------------------------ */

static void join_queue(int32_t c) {
    contact_type *t = &types[pool[c].type];
    pool[c].before = t->tail;
    pool[c].after = NONE;
    if (t->tail == NONE) t->head = c; else pool[t->tail].after = c;
    t->tail = c;
}

static void leave_queue(int32_t c) {
    contact_type *t = &types[pool[c].type];
    if (pool[c].before == NONE) t->head = pool[c].after; else pool[pool[c].before].after = pool[c].after;
    if (pool[c].after == NONE) t->tail = pool[c].before; else pool[pool[c].after].before = pool[c].before;
    pool[c].stamp++; /* its patience event, still in the heap, is void */
}

/* --- What happens --------------------------------------------------------------------------------- */

static void serve(int32_t c, int group) {
    answered_in_time += now_s - pool[c].arrived_s <= awt_s;
    schedule((event){now_s + exponential(types[pool[c].type].mean_handle_s), c, 0, SERVICE_END, group});
}

static void arrive(int type) {
    contact_type *t = &types[type];
    if (--to_arrive > 0) schedule((event){now_s + exponential(1.0 / t->arrivals_per_s), type, 0, ARRIVAL, NONE});
    int32_t c = new_contact(type);
    t->offered++;
    for (int r = 0; r < t->n_routes; r++) {
        agent_group *g = &groups[t->routes[r]];
        if (g->free > 0) { g->free--; serve(c, t->routes[r]); return; }
    }
    join_queue(c);
    schedule((event){now_s + exponential(t->mean_patience_s), c, pool[c].stamp, PATIENCE_END, NONE});
}

static void end_service(int32_t c, int group) {
    agent_group *g = &groups[group];
    forget(c);
    for (int s = 0; s < g->n_skills; s++) {
        int32_t waiting = types[g->skills[s]].head;
        if (waiting != NONE) { leave_queue(waiting); serve(waiting, group); return; }
    }
    g->free++;
}

static void end_patience(int32_t c, uint32_t stamp) {
    if (pool[c].stamp != stamp) return; /* answered meanwhile */
    leave_queue(c);
    types[pool[c].type].abandoned++;
    forget(c);
}

static void simulate(void) {
    for (int i = 0; i < n_types; i++) schedule((event){exponential(1.0 / types[i].arrivals_per_s), i, 0, ARRIVAL, NONE});
    while (n_events) {
        event e = next_event();
        now_s = e.time_s;
        if (e.kind == ARRIVAL) { if (to_arrive > 0) arrive(e.subject); }
        else if (e.kind == SERVICE_END) end_service(e.subject, e.group);
        else end_patience(e.subject, e.stamp);
    }
}

/* --- Reading and telling -------------------------------------------------------------------------- */

static void read_system(char **words) {
    n_types = atoi(*words++);
    n_groups = atoi(*words++);
    if (n_types > MOST_TYPES || n_groups > MOST_GROUPS) { fputs("too many types or groups\n", stderr); exit(2); }
    for (contact_type *t = types; t < types + n_types; t++) {
        t->arrivals_per_s = atof(*words++);
        t->mean_handle_s = atof(*words++);
        t->mean_patience_s = atof(*words++);
        t->n_routes = atoi(*words++);
        for (int r = 0; r < t->n_routes; r++) t->routes[r] = atoi(*words++);
        t->head = t->tail = NONE;
    }
    for (agent_group *g = groups; g < groups + n_groups; g++) {
        g->free = atoi(*words++);
        g->n_skills = atoi(*words++);
        for (int s = 0; s < g->n_skills; s++) g->skills[s] = atoi(*words++);
    }
}

static double seconds_of(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A line of /proc/self/status in MB: "VmRSS:" (now) or "VmHWM:" (the most so far). */
static double memory_mb(const char *key) {
    char line[256];
    double kb = 0.0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (!strncmp(line, key, strlen(key))) kb = atof(line + strlen(key));
    if (status) fclose(status);
    return kb / 1024.0;
}

static void print_counts(const char *name, size_t offset) {
    printf("\"%s\": [", name);
    for (int i = 0; i < n_types; i++) printf("%s%lld", i ? ", " : "", *(long long *)((char *)&types[i] + offset));
    printf("]");
}

int main(int n_words, char **words) {
    if (n_words < 6) { fputs("usage: center CONTACTS SEED AWT_S N_TYPES N_GROUPS ...\n", stderr); return 2; }
    to_arrive = atoll(words[1]);
    seed_generator(strtoull(words[2], NULL, 10));
    awt_s = atof(words[3]);
    read_system(words + 4);
    double before_mb = memory_mb("VmRSS:"), wall_s = seconds_of(CLOCK_MONOTONIC), cpu_s = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    simulate();
    cpu_s = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu_s;
    wall_s = seconds_of(CLOCK_MONOTONIC) - wall_s;
    printf("{\"cpu_s\": %.6f, \"wall_s\": %.6f, \"before_mb\": %.3f, \"peak_mb\": %.3f, \"in_time\": %lld, ",
           cpu_s, wall_s, before_mb, memory_mb("VmHWM:"), (long long)answered_in_time);
    print_counts("offered", offsetof(contact_type, offered));
    printf(", ");
    print_counts("abandoned", offsetof(contact_type, abandoned));
    printf("}\n");
    return 0;
}
