// SPDX-License-Identifier: MIT
// Counts by keys of many sizes, in hash tables of each kind.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char given[64];
__u64 unfound;

#define TABLE(name, kind, size, number)                      \
	struct {                                             \
		__uint(type, BPF_MAP_TYPE_##kind);           \
		__uint(max_entries, 1024);                   \
		__uint(key_size, size);                      \
		__uint(value_size, sizeof(number));          \
	} name SEC(".maps");                                 \
                                                             \
	SEC("xdp")                                           \
	int in_##name(struct xdp_md *ctx)                    \
	{                                                    \
		char key[size];                              \
		number *value;                               \
                                                             \
		__builtin_memcpy(key, given, size);          \
		value = bpf_map_lookup_elem(&name, key);     \
		if (!value)                                  \
			return 777;                          \
		*value += 1;                                 \
		return *value;                               \
	}

TABLE(hash4, HASH, 4, __u64)
TABLE(hash8, HASH, 8, __u32)
TABLE(hash12, HASH, 12, __u64)
TABLE(hash16, HASH, 16, __u64)
TABLE(hash20, HASH, 20, __u8)
TABLE(hash24, HASH, 24, __u64)
TABLE(hash64, HASH, 64, __u64)
TABLE(hash7, HASH, 7, __u64)
TABLE(lru8, LRU_HASH, 8, __u64)
TABLE(percpu12, PERCPU_HASH, 12, __u64)
TABLE(percpu_lru16, LRU_PERCPU_HASH, 16, __u64)
TABLE(percpu_array4, PERCPU_ARRAY, 4, __u64)

// Numbers far enough apart that some share a bucket.
#define APART(i) ((__u32)(i) * (i) * (i))

// As often as it can, whether a key that stays is found.
#define WATCH(name, ...)                                           \
	SEC("xdp")                                                 \
	int watch_##name(struct xdp_md *ctx)                       \
	{                                                          \
		int i;                                             \
                                                                   \
		for (i = 0; i < 20000; i++) {                      \
			__u32 key[] = {__VA_ARGS__};               \
                                                                   \
			if (!bpf_map_lookup_elem(&name, key))      \
				unfound++;                         \
		}                                                  \
		return 0;                                          \
	}

WATCH(hash4, APART(i & 0xff))
WATCH(hash8, APART(i & 0xff), 2)
WATCH(hash12, APART(i & 0xff), 2, 3)

// Whoever finds nothing goes back to the start of the loop.
SEC("xdp")
int sum(struct xdp_md *ctx)
{
	__u64 sum = 0;
	__u32 i;

	for (i = 0; i < 600; i++) {
		__u32 key = APART(i);
		__u64 *value = bpf_map_lookup_elem(&hash4, &key);

		if (value)
			sum += *value;
	}
	return sum;
}

// What no verifier lets pass: it reads what it has given to the helper. How far both are from that is the answer.
SEC("xdp")
int arguments_afterwards(struct xdp_md *ctx)
{
	__u64 distance;

	asm volatile("r6 = %[map] ll\n"
		     "r1 = 5\n"
		     "*(u32 *)(r10 - 8) = r1\n"
		     "r2 = r10\n"
		     "r2 += -8\n"
		     "r1 = %[map] ll\n"
		     "call 1\n"
		     "r1 -= r6\n"
		     "r2 -= r10\n"
		     "r2 += 8\n"
		     "r1 |= r2\n"
		     "%[distance] = r1\n"
		     : [distance] "=r"(distance)
		     : [map] "i"(&hash4)
		     : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "memory");
	return distance;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
