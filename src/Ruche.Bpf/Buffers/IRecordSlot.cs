// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>Keeps one record for an asynchronous reader.</summary>
internal interface IRecordSlot<T> : IRecordHandler
{
    /// <summary>The last record.</summary>
    T Record { get; }
}
