// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>Takes one record of a buffer. The bytes lie in the buffer itself and are valid until the handler returns.</summary>
/// <param name="record">What the program wrote.</param>
public delegate void RecordHandler(ReadOnlySpan<byte> record);
