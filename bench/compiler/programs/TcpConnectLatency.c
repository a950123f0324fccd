// SPDX-License-Identifier: MIT
// Reports how long connections take.
#include "trace.h"
#include <bpf/bpf_endian.h>

#define AF_INET 2

const volatile __u64 least_nanoseconds = 0;

struct attempt {
	__u64 time;
	__u32 process_id;
	char command[16];
	__u32 unused;
};

struct connected {
	__u64 nanoseconds;
	__u32 process_id;
	__u16 local_port, remote_port;
	struct in6_addr local, remote;
	char command[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, struct attempt);
} attempts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

static __always_inline void map_ipv4(struct in6_addr *address, __u32 ipv4)
{
	address->in6_u.u6_addr32[0] = 0;
	address->in6_u.u6_addr32[1] = 0;
	address->in6_u.u6_addr32[2] = bpf_htonl(0xffff);
	address->in6_u.u6_addr32[3] = ipv4;
}

static __always_inline void tell(const struct sock *socket, const struct attempt *attempt)
{
	__u64 duration = bpf_ktime_get_ns() - attempt->time;
	if (duration < least_nanoseconds)
		return;
	struct connected *told = bpf_ringbuf_reserve(&events, sizeof(*told), 0);
	if (!told)
		return;
	told->nanoseconds = duration;
	told->process_id = attempt->process_id;
	told->local_port = socket->__sk_common.skc_num;
	told->remote_port = socket->__sk_common.skc_dport;
	__builtin_memcpy(told->command, attempt->command, sizeof(told->command));
	if (socket->__sk_common.skc_family == AF_INET) {
		map_ipv4(&told->local, socket->__sk_common.skc_rcv_saddr);
		map_ipv4(&told->remote, socket->__sk_common.skc_daddr);
	} else {
		told->local = socket->__sk_common.skc_v6_rcv_saddr;
		told->remote = socket->__sk_common.skc_v6_daddr;
	}
	bpf_ringbuf_submit(told, 0);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_state, struct sock *socket, int old_state, int new_state)
{
	__u64 key = (__u64)socket;
	if (new_state == BPF_TCP_SYN_SENT) {
		struct attempt attempt = {.time = bpf_ktime_get_ns(), .process_id = bpf_get_current_pid_tgid() >> 32};
		bpf_get_current_comm(attempt.command, sizeof(attempt.command));
		bpf_map_update_elem(&attempts, &key, &attempt, BPF_ANY);
	} else if (old_state == BPF_TCP_SYN_SENT) {
		struct attempt *attempt = bpf_map_lookup_elem(&attempts, &key);
		if (!attempt)
			return 0;
		if (new_state == BPF_TCP_ESTABLISHED)
			tell(socket, attempt);
		bpf_map_delete_elem(&attempts, &key);
	}
	return 0;
}
