// SPDX-License-Identifier: MIT
// The libbpf side of the benchmarks. Prints lines "metric value"; times in nanoseconds, sizes in bytes, rates in events a second.
//
//   peer load OBJECT TIMES      opens, loads and closes an object: the first time, and the median of the others
//   peer btf                    loads vmlinux BTF and finds task_struct, in a fresh process
//   peer batch ROUNDS           puts a million entries into a hash map by one batch; entries a second, the median of the rounds
//   peer attach OBJECT LIST ROUNDS   attaches a program to the kernel's functions that a file lists, by one link; the median of the rounds
//   peer places OBJECT FILE ROUNDS   attaches a program to the functions place_0000, place_0001 … of a file by one link, for which libbpf
//                               has to be 1.3 or newer; the median of the rounds
//   peer ring OBJECT ROUNDS     fills a ring buffer, then times how fast it is emptied; the median of the rounds
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// As many 40-byte records (32 and a header of 8) as safely fit into 16 MiB.
#define RECORDS 400000

struct event {
	unsigned long long sequence, time, values[2];
};

static unsigned long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a, y = *(const unsigned long long *)b;

	return x < y ? -1 : x > y;
}

static unsigned long long median(unsigned long long *values, int count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}

static struct bpf_object *load(const char *path)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);

	if (!object || bpf_object__load(object))
		fail("load");
	return object;
}

static void bench_load(const char *path, int times)
{
	unsigned long long *durations = calloc(times, sizeof(*durations)), start, first;

	start = now();
	bpf_object__close(load(path));
	first = now() - start;
	for (int i = 0; i < times; i++) {
		start = now();
		bpf_object__close(load(path));
		durations[i] = now() - start;
	}
	printf("load_first %llu\nload %llu\n", first, median(durations, times));
}

// Resident memory of this process without file pages that others share.
static long anonymous_bytes(void)
{
	char line[256];
	long kilobytes = 0;
	FILE *file = fopen("/proc/self/status", "r");

	while (file && fgets(line, sizeof(line), file))
		sscanf(line, "RssAnon: %ld", &kilobytes);
	if (file)
		fclose(file);
	return kilobytes * 1024;
}

static void bench_btf(void)
{
	long before = anonymous_bytes();
	unsigned long long start = now();
	struct btf *btf = btf__load_vmlinux_btf();

	if (!btf || btf__find_by_name_kind(btf, "task_struct", BTF_KIND_STRUCT) < 0)
		fail("vmlinux BTF");
	printf("btf_open_find %llu\n", now() - start);
	printf("btf_memory %ld\n", anonymous_bytes() - before);
}

#define ENTRIES 1000000

static void bench_batch(int rounds)
{
	unsigned int *keys = calloc(ENTRIES, sizeof(*keys));
	unsigned long long *values = calloc(ENTRIES, sizeof(*values)), *rates = calloc(rounds, sizeof(*rates)), start;
	int map = bpf_map_create(BPF_MAP_TYPE_HASH, "batch", sizeof(*keys), sizeof(*values), ENTRIES, NULL);

	if (map < 0)
		fail("map");
	for (unsigned int i = 0; i < ENTRIES; i++)
		keys[i] = values[i] = i;
	for (int i = 0; i < rounds; i++) {
		unsigned int count = ENTRIES;

		start = now();
		if (bpf_map_update_batch(map, keys, values, &count, NULL))
			fail("batch");
		rates[i] = ENTRIES * 1000000000ULL / (now() - start);
	}
	printf("batch_update %llu\n", median(rates, rounds));
}

#define FUNCTIONS 8192

static void bench_attach(const char *path, const char *list, int rounds)
{
	struct bpf_object *object = load(path);
	struct bpf_program *program = bpf_object__find_program_by_name(object, "many");
	unsigned long long *durations = calloc(rounds, sizeof(*durations)), start;
	static const char *names[FUNCTIONS];
	FILE *file = fopen(list, "r");
	char line[512];
	int count = 0;

	while (file && count < FUNCTIONS && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = 0;
		names[count++] = strdup(line);
	}
	for (int i = 0; i < rounds; i++) {
		LIBBPF_OPTS(bpf_kprobe_multi_opts, options, .syms = names, .cnt = count);
		struct bpf_link *link;

		start = now();
		link = bpf_program__attach_kprobe_multi_opts(program, NULL, &options);
		if (!link)
			fail("attach");
		durations[i] = now() - start;
		bpf_link__destroy(link);
	}
	printf("attach_list %llu\n", median(durations, rounds));
}

#if LIBBPF_MAJOR_VERSION > 1 || LIBBPF_MINOR_VERSION >= 3
static void bench_places(const char *path, const char *file, int rounds)
{
	struct bpf_object *object = load(path);
	struct bpf_program *program = bpf_object__find_program_by_name(object, "places");
	unsigned long long *durations = calloc(rounds, sizeof(*durations)), start;

	for (int i = 0; i < rounds; i++) {
		struct bpf_link *link;

		start = now();
		link = bpf_program__attach_uprobe_multi(program, -1, file, "place_*", NULL);
		if (!link)
			fail("attach");
		durations[i] = now() - start;
		bpf_link__destroy(link);
	}
	printf("attach_places %llu\n", median(durations, rounds));
}
#else
// A probe each is no peer: taking 5,000 away again keeps the kernel busy for many minutes.
static void bench_places(const char *path, const char *file, int rounds)
{
	(void)path;
	(void)file;
	(void)rounds;
}
#endif

static unsigned long long checksum, received;

static int take(void *context, void *data, size_t size)
{
	const struct event *event = data;

	(void)context;
	(void)size;
	checksum += event->sequence;
	received++;
	return 0;
}

static void bench_ring(const char *path, int rounds)
{
	struct bpf_object *object = load(path);
	int program = bpf_program__fd(bpf_object__find_program_by_name(object, "produce"));
	int map = bpf_object__find_map_fd_by_name(object, "events");
	struct ring_buffer *ring = ring_buffer__new(map, take, NULL, NULL);
	unsigned long long *rates = calloc(rounds, sizeof(*rates)), start;
	char packet[64] = { 0 };

	if (!ring)
		fail("ring buffer");
	for (int i = 0; i < rounds; i++) {
		LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet), .repeat = RECORDS);

		if (bpf_prog_test_run_opts(program, &options))
			fail("test run");
		received = 0;
		start = now();
		if (ring_buffer__consume(ring) < 0)
			fail("consume");
		rates[i] = received * 1000000000ULL / (now() - start);
		if (received != RECORDS)
			fail("records are missing");
	}
	printf("ring_events %llu\n", median(rates, rounds));
	fprintf(stderr, "%llu\n", checksum);
}

int main(int argc, char **argv)
{
	libbpf_set_print(NULL);
	if (argc == 4 && !strcmp(argv[1], "load"))
		bench_load(argv[2], atoi(argv[3]));
	else if (argc == 2 && !strcmp(argv[1], "btf"))
		bench_btf();
	else if (argc == 3 && !strcmp(argv[1], "batch"))
		bench_batch(atoi(argv[2]));
	else if (argc == 5 && !strcmp(argv[1], "attach"))
		bench_attach(argv[2], argv[3], atoi(argv[4]));
	else if (argc == 5 && !strcmp(argv[1], "places"))
		bench_places(argv[2], argv[3], atoi(argv[4]));
	else if (argc == 4 && !strcmp(argv[1], "ring"))
		bench_ring(argv[2], atoi(argv[3]));
	else
		return 2;
	return 0;
}
