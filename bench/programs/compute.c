// SPDX-License-Identifier: MIT
#include "compute.h"

// Trial division: compares, multiplies and takes remainders.
PROGRAM(prime)
{
	u64 count = 0;

	for (u64 n = 2; n < 3000; n++) {
		u64 is_prime = 1;

		for (u64 d = 2; d * d <= n; d++) {
			if (n % d == 0) {
				is_prime = 0;
				break;
			}
		}
		count += is_prime;
	}
	return count;
}

// Shell sort of 4096 words.
PROGRAM(sort)
{
	u32 *a = (u32 *)data;
	u32 seed = 12345;

	for (u32 i = 0; i < 4096; i++) {
		seed = seed * 1664525 + 1013904223;
		a[i] = seed;
	}
	for (u32 gap = 1093; gap > 0; gap /= 3) {
		for (u32 i = gap; i < 4096; i++) {
			u32 value = a[i];
			u32 j = i;

			while (j >= gap && a[j - gap] > value) {
				a[j] = a[j - gap];
				j -= gap;
			}
			a[j] = value;
		}
	}
	return a[0] ^ a[1000] ^ a[4095];
}

// FNV-1a over all bytes.
PROGRAM(fnv)
{
	u64 hash = 0xcbf29ce484222325ull;

	for (u64 i = 0; i < length; i++) {
		hash ^= data[i];
		hash *= 0x100000001b3ull;
	}
	return hash;
}

static inline u32 rotl32(u32 x, int by)
{
	return (x << by) | (x >> (32 - by));
}

// MurmurHash3, 32 bits: unaligned loads, rotations, multiplications.
PROGRAM(murmur)
{
	u32 hash = 42;

	for (u64 i = 0; i + 4 <= length; i += 4) {
		u32 k = load32(data + i);

		k *= 0xcc9e2d51;
		k = rotl32(k, 15);
		k *= 0x1b873593;
		hash ^= k;
		hash = rotl32(hash, 13);
		hash = hash * 5 + 0xe6546b64;
	}
	hash ^= (u32)length;
	hash ^= hash >> 16;
	hash *= 0x85ebca6b;
	hash ^= hash >> 13;
	hash *= 0xc2b2ae35;
	hash ^= hash >> 16;
	return hash;
}

// 48 x 48 matrices of 64-bit numbers.
PROGRAM(matmul)
{
	enum { N = 48 };
	u64 *a = (u64 *)data, *b = a + N * N, *c = b + N * N;
	u64 trace = 0;

	for (u64 i = 0; i < N * N; i++) {
		a[i] = i * 7 + 1;
		b[i] = i ^ 0x55;
	}
	for (u64 i = 0; i < N; i++) {
		for (u64 j = 0; j < N; j++) {
			u64 sum = 0;

			for (u64 k = 0; k < N; k++)
				sum += a[i * N + k] * b[k * N + j];
			c[i * N + j] = sum;
		}
	}
	for (u64 i = 0; i < N; i++)
		trace += c[i * N + i];
	return trace;
}

// Eratosthenes over bytes.
PROGRAM(sieve)
{
	u64 count = 1;

	for (u64 i = 0; i < 60000; i++)
		data[i] = (u8)(i & 1);
	for (u64 i = 3; i * i < 60000; i++) {
		if (!data[i])
			continue;
		for (u64 j = i * i; j < 60000; j += i)
			data[j] = 0;
	}
	for (u64 i = 3; i < 60000; i++)
		count += data[i];
	return count;
}

// CRC-32 with a table made at the start.
PROGRAM(crc32)
{
	u32 *table = (u32 *)(data + 61440);
	u32 crc = 0xffffffff;

	for (u32 i = 0; i < 256; i++) {
		u32 value = i;

		for (int bit = 0; bit < 8; bit++)
			value = value & 1 ? (value >> 1) ^ 0xedb88320 : value >> 1;
		table[i] = value;
	}
	for (u64 i = 0; i < 61440; i++)
		crc = table[(crc ^ data[i]) & 0xff] ^ (crc >> 8);
	return ~crc;
}

// Bytes from one half to the other, with a sum on the way.
PROGRAM(byte_copy)
{
	u64 half = length / 2, sum = 0;

	for (u64 i = 0; i < half; i++) {
		u8 byte = data[i];

		data[half + (i ^ 1)] = byte;
		sum = sum * 3 + byte;
	}
	return sum;
}

// A bytecode interpreter: a switch in a loop.
PROGRAM(bytecode)
{
	u64 accumulator = 1, counter = 0, steps = 0;
	u64 at = 0;

	for (u32 i = 0; i < 1024; i++)
		data[i] = (u8)((i * 7 + 3) % 11);
	while (steps < 40000) {
		u8 operation = data[at & 1023];

		steps++;
		at++;
		switch (operation) {
		case 0: accumulator += steps; break;
		case 1: accumulator ^= counter; break;
		case 2: counter++; break;
		case 3: accumulator = accumulator * 31 + 7; break;
		case 4: accumulator -= counter; break;
		case 5: accumulator >>= 1; break;
		case 6: if (accumulator & 1) at += 3; break;
		case 7: accumulator |= 0x100; break;
		case 8: counter += accumulator & 15; break;
		case 9: accumulator = ~accumulator; break;
		default: at += counter & 1; break;
		}
	}
	return accumulator + counter;
}

static __attribute__((noinline)) u64 mix(u64 x, u64 y)
{
	return (x ^ (y >> 7)) * 0x9e3779b97f4a7c15ull + y;
}

static __attribute__((noinline)) u64 twice(u64 x, u64 y)
{
	return mix(x, y) + mix(y, x);
}

// Functions that call functions.
PROGRAM(calls)
{
	u64 sum = length;

	for (u64 i = 0; i < 10000; i++)
		sum += twice(sum, i);
	return sum;
}

// Divisions by numbers known and unknown.
PROGRAM(division)
{
	u64 sum = 0;

	for (u64 i = 1; i < 10000; i++) {
		u64 n = i * 0x123456789ull;

		sum += n / 10 + n % 1000 + n / (i + 3) + (u32)n / 7 + (u32)n % (u32)i;
	}
	return sum;
}
