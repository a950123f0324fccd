// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;

namespace Ruche.Cli.Bpf.Maps.Events;

/// <summary>Hands the records of a reader to an output.</summary>
/// <param name="output">Where to.</param>
/// <param name="placeOf">The place of a source.</param>
/// <param name="clock">Tells when a record was read.</param>
internal readonly struct EventHandler(IEventOutput output, Func<int, EventPlace?> placeOf, TimeProvider clock) : IRecordHandler
{
    public void Handle(int source, ReadOnlySpan<byte> record) => output.Write(placeOf(source), clock.GetTimestamp(), record);
}
