// SPDX-License-Identifier: MIT
// Refuses to open listed files.
#include "trace.h"

struct file_id {
	__u64 inode, device;
};

struct refusal {
	struct file_id file;
	__u32 process_id, user_id;
	char command[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct file_id);
	__type(value, __u64);
} denied SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} events SEC(".maps");

static __always_inline void tell(const struct file_id *id)
{
	struct refusal *told = bpf_ringbuf_reserve(&events, sizeof(*told), 0);
	if (!told)
		return;
	told->file = *id;
	told->process_id = bpf_get_current_pid_tgid() >> 32;
	told->user_id = bpf_get_current_uid_gid();
	bpf_get_current_comm(told->command, sizeof(told->command));
	bpf_ringbuf_submit(told, 0);
}

SEC("lsm/file_open")
int BPF_PROG(may_open, struct file *opened, int decided)
{
	if (decided)
		return decided;
	struct inode *node = opened->f_inode;
	struct file_id id = {.inode = node->i_ino, .device = node->i_sb->s_dev};
	__u64 *refused = bpf_map_lookup_elem(&denied, &id);
	if (!refused)
		return 0;
	__sync_fetch_and_add(refused, 1);
	tell(&id);
	return -1;
}
