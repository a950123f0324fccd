// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>Takes one record of a buffer. The bytes lie in the buffer itself and are valid until the handler returns.</summary>
/// <param name="record">What the program wrote.</param>
public delegate void RecordHandler(ReadOnlySpan<byte> record);

/// <summary>Takes one record of a buffer as a structure. It lies in the buffer itself and is valid until the handler returns.</summary>
/// <typeparam name="T">At most as large as each record.</typeparam>
/// <param name="record">What the program wrote.</param>
public delegate void RecordHandler<T>(in T record)
    where T : unmanaged;
