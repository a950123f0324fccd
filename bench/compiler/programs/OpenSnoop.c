// SPDX-License-Identifier: MIT
// Reports every file that is opened, or could not be.
#include "trace.h"

const volatile __u32 process = 0;

struct open_request {
	__u64 file;
	__u32 flags, unused;
};

struct open_event {
	__u64 time;
	__u32 process_id, user_id;
	int result;
	__u32 flags;
	char command[16];
	char file[256];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, struct open_request);
} started SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_openat")
int on_enter(struct syscall_trace_enter *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 thread = id;
	if (process && process != id >> 32)
		return 0;
	struct open_request request = {.file = ctx->args[1], .flags = ctx->args[2]};
	bpf_map_update_elem(&started, &thread, &request, BPF_ANY);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_openat")
int on_exit(struct syscall_trace_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 thread = id;
	struct open_request *request = bpf_map_lookup_elem(&started, &thread);
	if (!request)
		return 0;
	struct open_event *told = bpf_ringbuf_reserve(&events, sizeof(*told), 0);
	if (told) {
		told->time = bpf_ktime_get_ns();
		told->process_id = id >> 32;
		told->user_id = bpf_get_current_uid_gid();
		told->result = ctx->ret;
		told->flags = request->flags;
		bpf_get_current_comm(told->command, sizeof(told->command));
		bpf_probe_read_user_str(told->file, sizeof(told->file), (void *)request->file);
		bpf_ringbuf_submit(told, 0);
	}
	bpf_map_delete_elem(&started, &thread);
	return 0;
}
