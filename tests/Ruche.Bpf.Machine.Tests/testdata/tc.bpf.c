// SPDX-License-Identifier: MIT
// What programs of traffic control may do with a socket buffer; `argument` says how far, `answer` keeps what the helpers said.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

volatile int argument;
volatile long answer[24];

static __always_inline void keep(struct __sk_buff *skb, int at)
{
	answer[at] = skb->len;
	answer[at + 1] = skb->data_end - skb->data;
	answer[at + 2] = skb->protocol;
	answer[at + 3] = skb->vlan_present;
	answer[at + 4] = skb->vlan_tci;
	answer[at + 5] = skb->vlan_proto;
}

SEC("tc")
int fields(struct __sk_buff *skb)
{
	keep(skb, 0);
	answer[6] = skb->pkt_type;
	answer[7] = skb->mark;
	answer[8] = skb->priority;
	answer[9] = skb->ingress_ifindex;
	answer[10] = skb->ifindex;
	answer[11] = skb->tc_index;
	answer[12] = skb->cb[0];
	answer[13] = skb->cb[4];
	answer[14] = skb->hash;
	answer[15] = skb->tc_classid;
	answer[16] = skb->queue_mapping;
	answer[17] = skb->tstamp;
	answer[18] = skb->wire_len;
	answer[19] = skb->gso_segs;
	answer[20] = skb->gso_size;
	answer[21] = skb->napi_id;
	skb->mark = 7;
	skb->priority = 8;
	skb->cb[1] = 9;
	skb->tstamp = 10;
	return TC_ACT_OK;
}

SEC("tc")
int direct(struct __sk_buff *skb)
{
	__u8 *data = (void *)(long)skb->data;
	__u8 *end = (void *)(long)skb->data_end;
	long sum = 0;

	for (int i = 0; i < 64; i++) {
		if (data + i + 1 > end)
			break;
		sum += data[i] * (i + 1);
		data[i] ^= 1;
	}
	answer[0] = sum;
	return TC_ACT_SHOT;
}

SEC("tc")
int bytes(struct __sk_buff *skb)
{
	__u8 buffer[16] = {1, 2, 3};

	answer[0] = bpf_skb_load_bytes(skb, argument, buffer, sizeof(buffer));
	for (int i = 0; i < 16; i++)
		answer[1] += buffer[i] * (i + 1);
	answer[2] = bpf_skb_load_bytes_relative(skb, argument, buffer, sizeof(buffer), BPF_HDR_START_NET);
	for (int i = 0; i < 16; i++)
		answer[3] += buffer[i] * (i + 1);
	answer[4] = bpf_skb_load_bytes_relative(skb, argument, buffer, sizeof(buffer), BPF_HDR_START_MAC);
	buffer[0] ^= 0xff;
	answer[5] = bpf_skb_store_bytes(skb, argument, buffer, 4, 0);
	answer[6] = bpf_skb_store_bytes(skb, 0, buffer, 4, 1 << 5);
	answer[7] = bpf_skb_pull_data(skb, argument);
	return TC_ACT_OK;
}

SEC("tc")
int change_tail(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_change_tail(skb, argument, 0);
	keep(skb, 1);
	answer[7] = bpf_skb_change_tail(skb, 100, 1);
	return TC_ACT_OK;
}

SEC("tc")
int change_head(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_change_head(skb, argument, 0);
	keep(skb, 1);
	return TC_ACT_OK;
}

SEC("tc")
int change_proto(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_change_proto(skb, bpf_htons(argument), 0);
	keep(skb, 1);
	return TC_ACT_OK;
}

SEC("tc")
int change_type(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_change_type(skb, argument);
	answer[1] = skb->pkt_type;
	return TC_ACT_OK;
}

SEC("tc")
int adjust_room_net(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_adjust_room(skb, argument, BPF_ADJ_ROOM_NET, 0);
	keep(skb, 1);
	return TC_ACT_OK;
}

SEC("tc")
int adjust_room_mac(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_adjust_room(skb, argument, BPF_ADJ_ROOM_MAC, 0);
	keep(skb, 1);
	return TC_ACT_OK;
}

SEC("tc")
int vlan(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_vlan_push(skb, bpf_htons(0x8100), 5);
	keep(skb, 1);
	answer[7] = bpf_skb_vlan_push(skb, bpf_htons(0x88a8), 6);
	keep(skb, 8);
	if (argument) {
		answer[14] = bpf_skb_vlan_pop(skb);
		keep(skb, 15);
	}
	if (argument > 1)
		answer[21] = bpf_skb_vlan_pop(skb);
	return TC_ACT_OK;
}

SEC("tc")
int vlan_pop(struct __sk_buff *skb)
{
	answer[0] = bpf_skb_vlan_pop(skb);
	keep(skb, 1);
	answer[7] = bpf_skb_vlan_pop(skb);
	keep(skb, 8);
	return TC_ACT_OK;
}

SEC("tc")
int sums(struct __sk_buff *skb)
{
	__u32 address = bpf_htonl(0x0a0b0c0d), old = 0;

	// Of an IPv4 header: another source address, and the header's sum after it.
	bpf_skb_load_bytes(skb, 26, &old, sizeof(old));
	answer[0] = bpf_l3_csum_replace(skb, 24, old, address, 4);
	answer[1] = bpf_skb_store_bytes(skb, 26, &address, sizeof(address), 0);
	answer[2] = bpf_l4_csum_replace(skb, 50, old, address, BPF_F_PSEUDO_HDR | 4);
	answer[3] = bpf_l4_csum_replace(skb, 50, bpf_htons(1), bpf_htons(argument), 2);
	answer[4] = bpf_l4_csum_replace(skb, 50, 0, argument, 0);
	answer[5] = bpf_l4_csum_replace(skb, 50, 1, argument, 0);
	answer[6] = bpf_l3_csum_replace(skb, 25, old, address, 4);
	answer[7] = bpf_l4_csum_replace(skb, 4000, old, address, 4);
	answer[8] = bpf_l4_csum_replace(skb, 52, old, address, BPF_F_MARK_MANGLED_0 | 4);
	answer[9] = bpf_csum_update(skb, 1);
	answer[10] = bpf_csum_level(skb, BPF_CSUM_LEVEL_QUERY);
	return TC_ACT_OK;
}

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	answer[0] = bpf_redirect(1, 4);
	answer[1] = bpf_redirect(1, argument);
	return bpf_redirect_peer(1, 1);
}

SEC("cgroup_skb/ingress")
int network(struct __sk_buff *skb)
{
	__u8 *data = (void *)(long)skb->data;
	__u8 *end = (void *)(long)skb->data_end;
	__u32 word = 0;

	keep(skb, 0);
	answer[6] = skb->family;
	answer[7] = skb->remote_ip4;
	answer[8] = skb->local_ip4;
	if (data + 1 <= end)
		answer[9] = *data;
	answer[10] = bpf_skb_load_bytes(skb, argument, &word, sizeof(word));
	answer[11] = word;
	return 1;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
