// SPDX-License-Identifier: MIT
// What programs send and receive through OpenSSL.
#include "trace.h"

struct plain_text {
	__u64 time;
	__u32 process_id;
	int length, direction;
	char command[16];
	char start[256];
	__u32 unused;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, __u64);
} waiting SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1024 * 1024);
} events SEC(".maps");

static __always_inline void tell(__u64 text, int length, int direction)
{
	if (length <= 0)
		return;
	struct plain_text *told = bpf_ringbuf_reserve(&events, sizeof(*told), 0);
	if (!told)
		return;
	told->time = bpf_ktime_get_ns();
	told->process_id = bpf_get_current_pid_tgid() >> 32;
	told->length = length;
	told->direction = direction;
	bpf_get_current_comm(told->command, sizeof(told->command));
	__u32 shown = length;
	if (shown > sizeof(told->start))
		shown = sizeof(told->start);
	bpf_probe_read_user(told->start, shown, (void *)text);
	bpf_ringbuf_submit(told, 0);
}

SEC("uprobe/libssl.so.3:SSL_write")
int BPF_KPROBE(on_write, void *connection, void *text, int length)
{
	tell((__u64)text, length, 0);
	return 0;
}

SEC("uprobe/libssl.so.3:SSL_read")
int BPF_KPROBE(on_read, void *connection, void *text)
{
	__u32 thread = bpf_get_current_pid_tgid();
	__u64 where = (__u64)text;
	bpf_map_update_elem(&waiting, &thread, &where, BPF_ANY);
	return 0;
}

SEC("uretprobe/libssl.so.3:SSL_read")
int BPF_KRETPROBE(on_read_done, int length)
{
	__u32 thread = bpf_get_current_pid_tgid();
	__u64 *text = bpf_map_lookup_elem(&waiting, &thread);
	if (!text)
		return 0;
	tell(*text, length, 1);
	bpf_map_delete_elem(&waiting, &thread);
	return 0;
}
