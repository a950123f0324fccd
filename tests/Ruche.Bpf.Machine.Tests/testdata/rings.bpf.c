// SPDX-License-Identifier: MIT
// Records of ring buffers, dynamic pointers, numbers to walk over, and what is printed; run as XDP programs.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

volatile int argument;
volatile long answer[16];

struct event {
	__u32 number;
	__u32 length;
	__u64 time;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} orders SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} samples SEC(".maps");

SEC("xdp")
int records(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	struct event second = { .number = 2, .length = 3, .time = 4 };

	if (!event)
		return XDP_ABORTED;
	event->number = argument;
	event->length = ctx->data_end - ctx->data;
	event->time = bpf_ktime_get_ns();
	bpf_ringbuf_submit(event, 0);
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (event)
		bpf_ringbuf_discard(event, 0);
	answer[0] = bpf_ringbuf_output(&events, &second, sizeof(second), 0);
	answer[1] = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA);
	event = bpf_ringbuf_reserve(&events, 8192, 0);
	answer[2] = !event;
	if (event)
		bpf_ringbuf_discard(event, 0);
	return XDP_PASS;
}

SEC("xdp")
int samples_of_packets(struct xdp_md *ctx)
{
	__u64 data = 0x1122334455667788;

	answer[0] = bpf_perf_event_output(ctx, &samples, BPF_F_CURRENT_CPU | (4ull << 32), &data, sizeof(data));
	return XDP_PASS;
}

SEC("xdp")
int pointers(struct xdp_md *ctx)
{
	struct bpf_dynptr pointer;
	__u64 value = 0x1020304050607080, read = 0;
	__u64 *data;

	answer[0] = bpf_ringbuf_reserve_dynptr(&events, 24, 0, &pointer);
	answer[1] = bpf_dynptr_write(&pointer, 8, &value, sizeof(value), 0);
	answer[2] = bpf_dynptr_read(&read, sizeof(read), &pointer, 9, 0);
	answer[3] = read;
	answer[4] = bpf_dynptr_write(&pointer, 17, &value, sizeof(value), 0);
	answer[5] = bpf_dynptr_read(&read, sizeof(read), &pointer, argument, 0);
	data = bpf_dynptr_data(&pointer, 16, sizeof(*data));
	if (data)
		*data = 5;
	answer[6] = !bpf_dynptr_data(&pointer, 17, 8);
	bpf_ringbuf_submit_dynptr(&pointer, 0);
	return XDP_PASS;
}

static long take(struct bpf_dynptr *pointer, void *context)
{
	long *sum = context;
	__u32 order = 0;

	bpf_dynptr_read(&order, sizeof(order), pointer, 0, 0);
	*sum += order;
	return order == 99;
}

SEC("xdp")
int drain(struct xdp_md *ctx)
{
	long sum = 0;

	answer[0] = bpf_user_ringbuf_drain(&orders, take, &sum, 0);
	answer[1] = sum;
	return XDP_PASS;
}

SEC("xdp")
int prints(struct xdp_md *ctx)
{
	answer[0] = bpf_printk("packet of %d bytes, %s", argument, "hello");
	bpf_printk("%d %d %d %x\n", 1, 2, 3, 255);
	return XDP_PASS;
}

SEC("xdp")
int random(struct xdp_md *ctx)
{
	answer[0] = bpf_get_prandom_u32();
	answer[1] = bpf_get_prandom_u32();
	answer[2] = bpf_get_smp_processor_id();
	answer[3] = bpf_ktime_get_ns();
	answer[4] = bpf_ktime_get_boot_ns();
	return XDP_PASS;
}

struct bpf_iter_num;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;
extern void bpf_throw(__u64 cookie) __ksym;
extern int bpf_dynptr_from_xdp(struct xdp_md *xdp, __u64 flags, struct bpf_dynptr *pointer) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *pointer, __u32 offset, void *buffer, __u32 length) __ksym;
extern int bpf_no_such_function(void) __ksym __weak;

struct bpf_iter_num {
	__u64 opaque;
} __attribute__((aligned(8)));

SEC("xdp")
int numbers(struct xdp_md *ctx)
{
	struct bpf_iter_num it;
	long sum = 0;
	int *number;

	answer[0] = bpf_iter_num_new(&it, 3, argument);
	while ((number = bpf_iter_num_next(&it)))
		sum += *number;
	bpf_iter_num_destroy(&it);
	answer[1] = sum;
	if (bpf_no_such_function)
		answer[2] = bpf_no_such_function();
	return XDP_PASS;
}

SEC("xdp")
int slices(struct xdp_md *ctx)
{
	struct bpf_dynptr pointer;
	__u8 buffer[8] = {};
	__u8 *slice;

	answer[0] = bpf_dynptr_from_xdp(ctx, 0, &pointer);
	slice = bpf_dynptr_slice(&pointer, 12, buffer, sizeof(buffer));
	if (slice)
		answer[1] = slice[0] | (slice[1] << 8);
	answer[2] = !bpf_dynptr_slice(&pointer, argument, buffer, sizeof(buffer));
	return XDP_PASS;
}

static __noinline int thrower(int value)
{
	if (value > 3)
		bpf_throw(value);
	return value;
}

SEC("xdp")
int throws(struct xdp_md *ctx)
{
	answer[0] = thrower(argument);
	return XDP_PASS;
}

__noinline int handler(__u64 cookie)
{
	answer[1] = cookie;
	return cookie + 5;
}

SEC("xdp")
__attribute__((btf_decl_tag("exception_callback:handler")))
int handled(struct xdp_md *ctx)
{
	answer[0] = thrower(argument);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
