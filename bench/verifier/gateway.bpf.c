// SPDX-License-Identifier: MIT
// A program of the size that whole data planes have: IPv4 and IPv6, policy, connections, services with their backends, translation of
// addresses, metrics and drop records. All inlined, as such programs were for a long time; nobody attaches it.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define inline static __always_inline
#define VLAN_DEPTH 2
#define EXTENSIONS 4
#define BACKENDS 5

struct address { __u32 word[4]; };

struct flow {
    struct address source, destination;
    __u16 source_port, destination_port;
    __u8 protocol, direction, family, pad;
};

struct connection { __u64 packets, bytes, last_seen; __u32 backend; __u16 flags; __u16 service; };
struct policy_key { __u32 prefix; __u32 identity; struct address peer; };
struct policy { __u8 verdict, protocol; __u16 first_port, last_port, proxy; __u64 packets, bytes; };
struct service_key { struct address address; __u16 port; __u8 protocol, pad; };
struct service { __u32 backends, first, flags; __u16 index, timeout; };
struct backend { struct address address; __u16 port; __u8 protocol, state; __u32 weight; };
struct endpoint { __u32 identity, interface; __u8 mac[6], gateway[6]; };
struct dropped { struct flow flow; __u32 reason, length, identity; };
struct metrics_key { __u8 reason, direction; __u16 line; };
struct metrics { __u64 packets, bytes; };

#define MAP(kind, name, from, to, count, more) struct { __uint(type, kind); __type(key, from); __type(value, to); __uint(max_entries, count); more } name SEC(".maps")
MAP(BPF_MAP_TYPE_LRU_HASH, connections, struct flow, struct connection, 65536, );
MAP(BPF_MAP_TYPE_LPM_TRIE, policies, struct policy_key, struct policy, 16384, __uint(map_flags, BPF_F_NO_PREALLOC););
MAP(BPF_MAP_TYPE_HASH, services, struct service_key, struct service, 4096, );
MAP(BPF_MAP_TYPE_ARRAY, backends, __u32, struct backend, 16384, );
MAP(BPF_MAP_TYPE_HASH, endpoints, struct address, struct endpoint, 4096, );
MAP(BPF_MAP_TYPE_PERCPU_HASH, metrics, struct metrics_key, struct metrics, 1024, );
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 16); } drops SEC(".maps");

enum reason { FORWARDED, MALFORMED, NO_ENDPOINT, DENIED, NO_BACKEND, NOT_REWRITTEN };

inline __u32 rotate(__u32 x, int by) { return x << by | x >> (32 - by); }

// Bob Jenkins' hash of the words of a flow.
inline __u32 hash(const struct flow *flow, __u32 seed)
{
    __u32 a = seed, b = seed ^ flow->protocol, c = 0xdeadbeef;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        a += flow->source.word[i];
        b += flow->destination.word[i];
        c += (__u32)flow->source_port << 16 | flow->destination_port;
        a -= c; a ^= rotate(c, 4); c += b;
        b -= a; b ^= rotate(a, 6); a += c;
        c -= b; c ^= rotate(b, 8); b += a;
        a -= c; a ^= rotate(c, 16); c += b;
        b -= a; b ^= rotate(a, 19); a += c;
        c -= b; c ^= rotate(b, 4); b += a;
    }
    return c;
}

inline void count(__u8 reason, __u8 direction, __u64 bytes)
{
    struct metrics_key key = { .reason = reason, .direction = direction };
    struct metrics *known = bpf_map_lookup_elem(&metrics, &key);
    if (known) {
        known->packets++;
        known->bytes += bytes;
        return;
    }
    struct metrics first = { 1, bytes };
    bpf_map_update_elem(&metrics, &key, &first, BPF_ANY);
}

inline int drop(struct __sk_buff *packet, const struct flow *flow, __u32 identity, enum reason reason)
{
    count(reason, flow->direction, packet->len);
    struct dropped *record = bpf_ringbuf_reserve(&drops, sizeof(*record), 0);
    if (!record)
        return TC_ACT_SHOT;
    __builtin_memcpy(&record->flow, flow, sizeof(*flow));
    record->reason = reason;
    record->length = packet->len;
    record->identity = identity;
    bpf_ringbuf_submit(record, 0);
    return TC_ACT_SHOT;
}

inline int ports(void *at, void *end, struct flow *flow, __u8 *flags)
{
    if (flow->protocol == IPPROTO_TCP) {
        struct tcphdr *tcp = at;
        if ((void *)(tcp + 1) > end)
            return -1;
        flow->source_port = tcp->source;
        flow->destination_port = tcp->dest;
        *flags = tcp->syn | tcp->fin << 1 | tcp->rst << 2 | tcp->ack << 3;
        return 0;
    }
    if (flow->protocol == IPPROTO_UDP) {
        struct udphdr *udp = at;
        if ((void *)(udp + 1) > end)
            return -1;
        flow->source_port = udp->source;
        flow->destination_port = udp->dest;
    }
    return 0;
}

inline int parse4(void *at, void *end, struct flow *flow, __u8 *flags, int *transport, void *start)
{
    struct iphdr *ip = at;
    if ((void *)(ip + 1) > end || ip->version != 4 || ip->ihl < 5)
        return -1;
    flow->family = 4;
    flow->protocol = ip->protocol;
    flow->source.word[3] = ip->saddr;
    flow->destination.word[3] = ip->daddr;
    *transport = at - start + ip->ihl * 4;
    return ports(at + ip->ihl * 4, end, flow, flags);
}

inline int parse6(void *at, void *end, struct flow *flow, __u8 *flags, int *transport, void *start)
{
    struct ipv6hdr *ip = at;
    if ((void *)(ip + 1) > end || ip->version != 6)
        return -1;
    flow->family = 6;
    __builtin_memcpy(&flow->source, &ip->saddr, sizeof(flow->source));
    __builtin_memcpy(&flow->destination, &ip->daddr, sizeof(flow->destination));
    __u8 next = ip->nexthdr;
    at = ip + 1;
#pragma unroll
    for (int i = 0; i < EXTENSIONS; i++) {
        if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS)
            break;
        __u8 *extension = at;
        if ((void *)(extension + 8) > end)
            return -1;
        next = extension[0];
        at += (extension[1] + 1) * 8;
    }
    flow->protocol = next;
    *transport = at - start;
    return ports(at, end, flow, flags);
}

inline int allowed(const struct flow *flow, const struct address *peer, __u32 identity, __u64 bytes, __u16 *proxy)
{
    struct policy_key key = { .prefix = 160, .identity = identity };
    __builtin_memcpy(&key.peer, peer, sizeof(*peer));
    struct policy *found = bpf_map_lookup_elem(&policies, &key);
    if (!found) {
        key.prefix = 32;
        found = bpf_map_lookup_elem(&policies, &key);
    }
    if (!found)
        return 0;
    found->packets++;
    found->bytes += bytes;
    __u16 port = bpf_ntohs(flow->destination_port);
    if (found->protocol && found->protocol != flow->protocol)
        return 0;
    if (found->last_port && (port < found->first_port || port > found->last_port))
        return 0;
    *proxy = found->proxy;
    return found->verdict;
}

inline struct backend *choose(const struct flow *flow, const struct service *service)
{
    __u32 at = hash(flow, service->index);
#pragma unroll
    for (int i = 0; i < BACKENDS; i++) {
        if (!service->backends)
            return 0;
        __u32 index = service->first + (at + i) % service->backends;
        struct backend *found = bpf_map_lookup_elem(&backends, &index);
        if (found && found->state == 0 && found->weight > (at >> 24))
            return found;
        at = rotate(at, 7) ^ hash(flow, at);
    }
    return 0;
}

inline int rewrite(struct __sk_buff *packet, const struct flow *flow, const struct address *to, __u16 port, int network, int transport)
{
    int checksum = flow->protocol == IPPROTO_TCP ? 16 : 6;
    __u64 pseudo = BPF_F_PSEUDO_HDR | (flow->protocol == IPPROTO_UDP ? BPF_F_MARK_MANGLED_0 : 0);
    if (flow->family == 4) {
        if (bpf_l4_csum_replace(packet, transport + checksum, flow->destination.word[3], to->word[3], pseudo | 4))
            return -1;
        if (bpf_l3_csum_replace(packet, network + 10, flow->destination.word[3], to->word[3], 4))
            return -1;
        if (bpf_skb_store_bytes(packet, network + 16, &to->word[3], 4, 0))
            return -1;
    } else {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            if (bpf_l4_csum_replace(packet, transport + checksum, flow->destination.word[i], to->word[i], pseudo | 4))
                return -1;
            if (bpf_skb_store_bytes(packet, network + 24 + i * 4, &to->word[i], 4, 0))
                return -1;
        }
    }
    if (port == flow->destination_port)
        return 0;
    if (bpf_l4_csum_replace(packet, transport + checksum, flow->destination_port, port, 2))
        return -1;
    return bpf_skb_store_bytes(packet, transport + 2, &port, 2, 0);
}

inline void track(struct flow *flow, struct connection *known, __u8 flags, __u32 backend, __u16 service, __u64 bytes)
{
    if (known) {
        known->packets++;
        known->bytes += bytes;
        known->last_seen = bpf_ktime_get_ns();
        known->flags |= flags;
        return;
    }
    struct connection made = { 1, bytes, bpf_ktime_get_ns(), backend, flags, service };
    bpf_map_update_elem(&connections, flow, &made, BPF_NOEXIST);
    // The answer comes the other way round.
    struct flow answer = *flow;
    answer.source = flow->destination;
    answer.destination = flow->source;
    answer.source_port = flow->destination_port;
    answer.destination_port = flow->source_port;
    answer.direction = !flow->direction;
    bpf_map_update_elem(&connections, &answer, &made, BPF_NOEXIST);
}

inline int forward(struct __sk_buff *packet, struct flow *flow, __u8 flags, int network, int transport)
{
    struct service_key key = { .port = flow->destination_port, .protocol = flow->protocol };
    __builtin_memcpy(&key.address, &flow->destination, sizeof(key.address));
    struct connection *known = bpf_map_lookup_elem(&connections, flow);
    struct service *service = bpf_map_lookup_elem(&services, &key);
    __u32 chosen = 0;
    __u16 number = 0;
    if (service && (flow->protocol == IPPROTO_TCP || flow->protocol == IPPROTO_UDP)) {
        struct backend *backend = 0;
        if (known && known->service == service->index)
            backend = bpf_map_lookup_elem(&backends, &known->backend);
        if (!backend || backend->state)
            backend = choose(flow, service);
        if (!backend)
            return drop(packet, flow, 0, NO_BACKEND);
        number = service->index;
        chosen = backend->weight;
        struct address to = backend->address;
        __u16 port = backend->port;
        if (rewrite(packet, flow, &to, port, network, transport))
            return drop(packet, flow, 0, NOT_REWRITTEN);
        flow->destination = to;
        flow->destination_port = port;
    }

    struct endpoint *endpoint = bpf_map_lookup_elem(&endpoints, flow->direction ? &flow->source : &flow->destination);
    if (!endpoint)
        return drop(packet, flow, 0, NO_ENDPOINT);
    __u16 proxy = 0;
    if (!known && !allowed(flow, flow->direction ? &flow->destination : &flow->source, endpoint->identity, packet->len, &proxy))
        return drop(packet, flow, endpoint->identity, DENIED);
    track(flow, known, flags, chosen, number, packet->len);
    count(FORWARDED, flow->direction, packet->len);
    if (proxy) {
        packet->mark = (__u32)proxy << 16 | 0x200;
        return TC_ACT_OK;
    }
    if (bpf_skb_store_bytes(packet, 0, endpoint->mac, 6, 0) || bpf_skb_store_bytes(packet, 6, endpoint->gateway, 6, 0))
        return drop(packet, flow, endpoint->identity, NOT_REWRITTEN);
    return bpf_redirect(endpoint->interface, 0);
}

inline int handle(struct __sk_buff *packet, __u8 direction)
{
    void *start = (void *)(long)packet->data, *end = (void *)(long)packet->data_end;
    struct flow flow = { .direction = direction };
    struct ethhdr *ethernet = start;
    if ((void *)(ethernet + 1) > end)
        return drop(packet, &flow, 0, MALFORMED);
    __u16 type = ethernet->h_proto;
    void *at = ethernet + 1;
#pragma unroll
    for (int i = 0; i < VLAN_DEPTH; i++) {
        if (type != bpf_htons(ETH_P_8021Q) && type != bpf_htons(ETH_P_8021AD))
            break;
        if (at + 4 > end)
            return drop(packet, &flow, 0, MALFORMED);
        type = *(__u16 *)(at + 2);
        at += 4;
    }
    int network = at - start, transport = 0;
    __u8 flags = 0;
    if (type == bpf_htons(ETH_P_IP)) {
        if (parse4(at, end, &flow, &flags, &transport, start))
            return drop(packet, &flow, 0, MALFORMED);
        return forward(packet, &flow, flags, network, transport);
    }
    if (type == bpf_htons(ETH_P_IPV6)) {
        if (parse6(at, end, &flow, &flags, &transport, start))
            return drop(packet, &flow, 0, MALFORMED);
        return forward(packet, &flow, flags, network, transport);
    }
    return TC_ACT_OK;
}

SEC("tc")
int gateway(struct __sk_buff *packet)
{
    return packet->ingress_ifindex ? handle(packet, 0) : handle(packet, 1);
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
