// SPDX-License-Identifier: MIT
// How long disks take, as a histogram.
#include "trace.h"

#define LAST_SLOT 31

struct block_request {
	__u64 common;
	__u32 device;
	__u64 sector;
};

struct request_place {
	__u64 sector;
	__u32 device, unused;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct request_place);
	__type(value, __u64);
} started SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, LAST_SLOT + 1);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

static __always_inline __u32 log2(__u64 value)
{
	__u32 bit = 0;
#pragma unroll
	for (int half = 32; half > 0; half /= 2) {
		if (value >> half == 0)
			continue;
		value >>= half;
		bit += half;
	}
	return bit;
}

SEC("tracepoint/block/block_rq_issue")
int on_issue(struct block_request *request)
{
	struct request_place place = {.sector = request->sector, .device = request->device};
	__u64 now = bpf_ktime_get_ns();
	bpf_map_update_elem(&started, &place, &now, BPF_ANY);
	return 0;
}

SEC("tracepoint/block/block_rq_complete")
int on_complete(struct block_request *request)
{
	struct request_place place = {.sector = request->sector, .device = request->device};
	__u64 *start = bpf_map_lookup_elem(&started, &place);
	if (!start)
		return 0;
	__u64 microseconds = (bpf_ktime_get_ns() - *start) / 1000;
	bpf_map_delete_elem(&started, &place);
	__u32 slot = log2(microseconds);
	if (slot > LAST_SLOT)
		slot = LAST_SLOT;
	__u64 *count = bpf_map_lookup_elem(&slots, &slot);
	if (count)
		__sync_fetch_and_add(count, 1);
	return 0;
}
