// SPDX-License-Identifier: MIT
// The same source for clang's eBPF and for gcc: each program gets memory and its length, and returns a number.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

#ifdef __bpf__
#define PROGRAM(name) __attribute__((section("syscall/" #name), used)) u64 name(u8 *data, u64 length)
#else
#define PROGRAM(name) u64 name(u8 *data, u64 length)
#endif

static inline u32 load32(const u8 *at)
{
	u32 value;

	__builtin_memcpy(&value, at, sizeof(value));
	return value;
}

static inline u64 load64(const u8 *at)
{
	u64 value;

	__builtin_memcpy(&value, at, sizeof(value));
	return value;
}
