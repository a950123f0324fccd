// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;

namespace Ruche.Trace.Recording;

/// <summary>Takes what a script's programs in the kernel write of themselves, and puts it into a recording.</summary>
internal sealed class KernelTape : IDisposable
{
    private const int LostPlace = 8;
    private const int StateBytes = 16;

    private readonly BpfObject _loaded;
    private readonly RingBufferReader _reader;
    private readonly TraceRecorder _recorder;

    public KernelTape(BpfObject loaded, TraceRecorder recorder)
    {
        (_loaded, _recorder) = (loaded, recorder);
        _reader = new(loaded.Map(TapeLayout.Buffer));
    }

    /// <summary>Writes the firings that are there.</summary>
    public void Drain()
    {
        Handler handler = new(_recorder);
        _reader.Consume(ref handler);
    }

    /// <summary>Writes that an event is handled that reads or changes maps.</summary>
    public void MarkMapEvent()
    {
        Drain();
        _recorder.Mark(RecordingPart.MapEvent);
    }

    /// <summary>Writes that everything is detached.</summary>
    public void MarkDetached()
    {
        Drain();
        _recorder.Mark(RecordingPart.Detached);
    }

    /// <summary>Ends the recording.</summary>
    /// <returns>How many firings are not in it.</returns>
    public ulong End()
    {
        Drain();
        var state = _loaded.Map(TapeLayout.State);
        byte[] values = new byte[state.ValueBufferSize];
        ulong lost = 0;
        if (state.TryLookup(new byte[sizeof(uint)], values))
        {
            for (int at = 0; at < values.Length; at += StateBytes) lost += BinaryPrimitives.ReadUInt64LittleEndian(values.AsSpan(at + LostPlace));
        }

        _recorder.End(lost);
        return lost;
    }

    public void Dispose() => _reader.Dispose();

    private readonly struct Handler(TraceRecorder recorder) : IRecordHandler
    {
        public void Handle(int source, ReadOnlySpan<byte> record) => recorder.Write(record);
    }
}
