// SPDX-License-Identifier: MIT
// Names and types that a skeleton in C# has to think about.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum layout_kind { Explicit, explicit };

typedef union {
	struct { unsigned low : 4, high : 28; };
	__u32 whole;
	char text[4];
} anything_t;

struct event {
	struct { int x; } event;
	enum { OFF, ON } state;
	anything_t parts[3];
	_Bool is_set;
	void *where;
	__int128 wide __attribute__((aligned(16)));
	char rest[];
};

struct object { struct object *next; double ratio; };
struct int128 { long long high, low; };

#define MAP(name, kind, ...) struct { __uint(type, BPF_MAP_TYPE_##kind); __uint(max_entries, 4096); __VA_ARGS__ } name SEC(".maps")
#define TYPED(k, v) __type(key, k); __type(value, v);

MAP(event, HASH, TYPED(struct int128, struct event));
MAP(object, LRU_HASH, TYPED(anything_t, struct object[2]));
MAP(load, ARRAY, TYPED(int, struct { int a; struct { int b; } c[2]; }));
MAP(open, PERCPU_HASH, TYPED(char[6], _Bool));
MAP(dispose, PERCPU_ARRAY, TYPED(int, enum layout_kind));
MAP(get_type, LPM_TRIE, TYPED(struct { __u32 length; struct { __u8 bytes[16]; } address; }, __u64) __uint(map_flags, BPF_F_NO_PREALLOC););
MAP(class, QUEUE, __type(value, struct { short s; }););
MAP(namespace, RINGBUF);
MAP(Namespace, RINGBUF);
MAP(_, PROG_ARRAY, TYPED(int, int));
MAP(unknown, HASH, __uint(key_size, 4); __uint(value_size, 12););

const struct event *mark __attribute__((unused));
const volatile unsigned char LAYOUT_KIND = 1;
volatile _Bool is_on = 1;
__u64 matrix[2][3];
struct { int left, right; } pair_one = {1, 2};
int _9lives, system_, field_offset, odd_object, equals;

SEC("xdp")
int read_namespace_async(struct xdp_md *context)
{
	return LAYOUT_KIND + is_on;
}

SEC("xdp")
int string(struct xdp_md *context)
{
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
