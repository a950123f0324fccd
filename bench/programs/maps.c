// SPDX-License-Identifier: MIT
// Programs that look things up in maps: with eBPF those of the machine, with gcc a table of the same content, probed in line.
#include "compute.h"

enum { ENTRIES = 1024, LOOKUPS = 10000 };

#ifdef __bpf__
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MAP(name, kind)                                                                                                                    \
	struct {                                                                                                                           \
		__uint(type, kind);                                                                                                        \
		__uint(max_entries, ENTRIES);                                                                                              \
		__type(key, u32);                                                                                                          \
		__type(value, u64);                                                                                                        \
	} name SEC(".maps")

MAP(array, BPF_MAP_TYPE_ARRAY);
MAP(hash, BPF_MAP_TYPE_HASH);
MAP(percpu_array, BPF_MAP_TYPE_PERCPU_ARRAY);
MAP(percpu_hash, BPF_MAP_TYPE_PERCPU_HASH);

#define LOOK(map, key) ((u64 *)bpf_map_lookup_elem(&map, &key))
#define FILL(map, key, value) bpf_map_update_elem(&map, &key, &value, BPF_ANY)
#else
struct table {
	u32 keys[2 * ENTRIES];
	u64 values[2 * ENTRIES];
	u8 used[2 * ENTRIES];
};

static u64 array[ENTRIES], percpu_array[ENTRIES];
static struct table hash, percpu_hash;

static u32 slot(const struct table *table, u32 key)
{
	u32 at = (key * 0x9e3779b1u) >> 21;

	while (table->used[at] && table->keys[at] != key)
		at = (at + 1) & (2 * ENTRIES - 1);
	return at;
}

static u64 *look_in(struct table *table, u32 key)
{
	u32 at = slot(table, key);

	return table->used[at] ? &table->values[at] : 0;
}

static void put_in(struct table *table, u32 key, u64 value)
{
	u32 at = slot(table, key);

	table->used[at] = 1;
	table->keys[at] = key;
	table->values[at] = value;
}

static u64 *look_at(u64 *values, u32 key)
{
	return key < ENTRIES ? &values[key] : 0;
}

static void put_at(u64 *values, u32 key, u64 value)
{
	values[key] = value;
}

#define LOOK(map, key) LOOK_##map(key)
#define LOOK_array(key) look_at(array, key)
#define LOOK_percpu_array(key) look_at(percpu_array, key)
#define LOOK_hash(key) look_in(&hash, key)
#define LOOK_percpu_hash(key) look_in(&percpu_hash, key)
#define FILL(map, key, value) FILL_##map(key, value)
#define FILL_array(key, value) put_at(array, key, value)
#define FILL_percpu_array(key, value) put_at(percpu_array, key, value)
#define FILL_hash(key, value) put_in(&hash, key, value)
#define FILL_percpu_hash(key, value) put_in(&percpu_hash, key, value)
#endif

#define LOOKUP_PROGRAM(map)                                                                                                                \
	PROGRAM(fill_##map)                                                                                                                \
	{                                                                                                                                  \
		for (u32 i = 0; i < ENTRIES; i++) {                                                                                        \
			u32 key = i;                                                                                                       \
			u64 value = i;                                                                                                     \
                                                                                                                                           \
			FILL(map, key, value);                                                                                             \
		}                                                                                                                          \
		return 0;                                                                                                                  \
	}                                                                                                                                  \
                                                                                                                                           \
	PROGRAM(look_##map)                                                                                                                \
	{                                                                                                                                  \
		u64 sum = 0;                                                                                                               \
                                                                                                                                           \
		for (u32 i = 0; i < LOOKUPS; i++) {                                                                                        \
			u32 key = (i * 7) & (ENTRIES - 1);                                                                                 \
			u64 *value = LOOK(map, key);                                                                                       \
                                                                                                                                           \
			if (value)                                                                                                         \
				sum += *value;                                                                                             \
		}                                                                                                                          \
		return sum;                                                                                                                \
	}

LOOKUP_PROGRAM(array)
LOOKUP_PROGRAM(hash)
LOOKUP_PROGRAM(percpu_array)
LOOKUP_PROGRAM(percpu_hash)

// Counts what a generator of numbers says: an entry of the hash table and a cell of the array for each.
PROGRAM(map_heavy)
{
	u64 state = 1;

	for (u32 i = 0; i < LOOKUPS; i++) {
		u32 key, cell;
		u64 *count, *sum;

		state = state * 6364136223846793005ull + 1442695040888963407ull;
		key = (state >> 33) & (ENTRIES - 1);
		cell = (state >> 45) & (ENTRIES - 1);
		count = LOOK(hash, key);
		if (count)
			*count += 1;
		sum = LOOK(array, cell);
		if (sum)
			*sum += key;
	}
	return state;
}
