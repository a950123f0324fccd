// SPDX-License-Identifier: MIT
// What programs of any type may do: maps, loops, calls, numbers and text; run as programs on socket buffers.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

volatile int argument;
volatile long answer[16];
char text[64];
const char hex[] = "0x7fzz";
const char numbers[7][24] = { "42", " -17", "0777", "-9223372036854775809", "99999999999999999999", "", "- 5" };

struct entry {
	__u64 seen;
	__u32 last;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct entry);
} entries SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} cells SEC(".maps");

SEC("tc")
int maps(struct __sk_buff *skb)
{
	struct entry first = { .seen = 1, .last = 2 }, *found;

	for (__u32 key = 0; key < 6; key++)
		answer[key] = bpf_map_update_elem(&entries, &key, &first, key == 3 ? BPF_EXIST : BPF_NOEXIST);
	__u32 key = 2, missing = 77;

	answer[6] = bpf_map_update_elem(&entries, &key, &first, BPF_NOEXIST);
	answer[7] = bpf_map_delete_elem(&entries, &missing);
	answer[8] = bpf_map_delete_elem(&entries, &key);
	answer[9] = bpf_map_update_elem(&entries, &missing, &first, 17);
	key = 1;
	found = bpf_map_lookup_elem(&entries, &key);
	if (found) {
		__sync_fetch_and_add(&found->seen, argument);
		found->last = 0xabcd;
	}
	answer[10] = !bpf_map_lookup_elem(&entries, &missing);
	key = 3;
	__u64 value = 55;

	answer[11] = bpf_map_update_elem(&cells, &key, &value, BPF_ANY);
	answer[12] = bpf_map_update_elem(&cells, &missing, &value, BPF_ANY);
	answer[13] = bpf_map_delete_elem(&cells, &key);
	return TC_ACT_OK;
}

struct sum {
	long total;
	long stop;
};

static int add(__u32 index, void *context)
{
	struct sum *sum = context;

	sum->total += index * 3;
	return index == sum->stop;
}

static long visit(void *map, const void *key, void *value, void *context)
{
	struct sum *sum = context;
	__u64 *cell = value;

	sum->total += *cell * (*(const __u32 *)key + 1);
	*cell += 1;
	return *(const __u32 *)key == sum->stop;
}

SEC("tc")
int loops(struct __sk_buff *skb)
{
	struct sum sum = { .stop = argument };

	answer[0] = bpf_loop(1000, add, &sum, 0);
	answer[1] = sum.total;
	return TC_ACT_OK;
}

SEC("tc")
int refused_loops(struct __sk_buff *skb)
{
	struct sum sum = { .stop = argument };

	answer[0] = bpf_loop(1000, add, &sum, 1);
	// Where the kernel puts the loop in place of the call, the upper half of the answer is zero.
	answer[1] = (int)bpf_loop((8 << 20) + 1, add, &sum, 0);
	return TC_ACT_OK;
}

SEC("tc")
int visits(struct __sk_buff *skb)
{
	struct sum sum = { .stop = argument };

	answer[0] = bpf_for_each_map_elem(&cells, visit, &sum, 0);
	answer[1] = bpf_for_each_map_elem(&cells, visit, &sum, 0);
	answer[2] = sum.total;
	return TC_ACT_OK;
}

static __noinline int fibonacci(int n)
{
	int a = 0, b = 1;

	for (int i = 0; i < 30; i++) {
		if (i >= n)
			break;
		int next = a + b;

		a = b;
		b = next;
	}
	return a;
}

static __noinline int twice(int n)
{
	return fibonacci(n) + fibonacci(n + 1);
}

SEC("tc")
int calls(struct __sk_buff *skb)
{
	answer[0] = twice(argument);
	return fibonacci(argument & 7);
}

SEC("tc")
int texts(struct __sk_buff *skb)
{
	static const char format[] = "%d %u %x %5d|%-5d|%05d %lld %llx %c %s %%";
	__u64 values[10];
	long value = 0;
	unsigned long positive = 0;

	for (int i = 0; i < 7; i++) {
		value = 0;
		answer[i] = bpf_strtol(numbers[i], sizeof(numbers[i]), i == 2 ? 0 : 10, &value);
		answer[7] = answer[7] * 31 + value;
	}
	answer[8] = bpf_strtoul(hex, sizeof(hex), 16, &positive);
	answer[9] = positive;
	answer[10] = bpf_strtoul(numbers[1], sizeof(numbers[1]), 10, &positive);
	answer[11] = bpf_strncmp(hex, 4, "0x7f");
	answer[12] = bpf_strncmp(hex, 5, "0x7fz");
	answer[13] = bpf_strncmp(hex, 5, "0x7fy") > 0;
	values[0] = argument;
	values[1] = argument;
	values[2] = argument;
	values[3] = argument;
	values[4] = argument;
	values[5] = argument;
	values[6] = -argument;
	values[7] = 0xfedcba9876543210;
	values[8] = 'x';
	values[9] = (__u64)hex;
	answer[14] = bpf_snprintf(text, sizeof(text), format, values, sizeof(values));
	return TC_ACT_OK;
}

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} first SEC(".maps"), second SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {
	.values = { [1] = &first, [3] = &second },
};

SEC("tc")
int maps_of_maps(struct __sk_buff *skb)
{
#pragma unroll
	for (__u32 index = 0; index < 4; index++) {
		__u32 key = index;
		void *inner = bpf_map_lookup_elem(&outer, &key);
		__u32 cell = 1;
		__u64 *value;

		if (!inner)
			continue;
		value = bpf_map_lookup_elem(inner, &cell);
		if (value)
			*value += index * 100 + argument;
		answer[index] = 1;
	}
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
