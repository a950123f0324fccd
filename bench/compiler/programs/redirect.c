// SPDX-License-Identifier: MIT
// Connections to a service's address go to one of its backends instead.
#include "packet.h"

struct service {
	__u32 address;
	__u32 port;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct service);
	__type(value, struct service);
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} redirected SEC(".maps");

SEC("cgroup/connect4")
int redirect(struct bpf_sock_addr *ctx)
{
	struct service key = {ctx->user_ip4, ctx->user_port & 0xffff};
	struct service *backend = bpf_map_lookup_elem(&services, &key);
	if (backend) {
		__u32 zero = 0;
		ctx->user_ip4 = backend->address;
		ctx->user_port = backend->port & 0xffff;
		__u64 *count = bpf_map_lookup_elem(&redirected, &zero);
		if (count)
			__sync_fetch_and_add(count, 1);
		return 1;
	}
	return key.port != bpf_htons(25);
}
