// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Buffers;

/// <summary>
/// The memory of one ring buffer map: a page with the consumer's position, a page with the producers', then the data, mapped twice
/// in a row so that every record is contiguous.
/// </summary>
internal sealed unsafe class Ring : IDisposable
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const int HeaderSize = 8;

    private readonly MemoryMapping _consumerPage;
    private readonly MemoryMapping _producerPages;
    private readonly ulong* _consumer;
    private readonly ulong* _producer;
    private readonly byte* _data;
    private readonly ulong _mask;

    public Ring(BpfMap map)
    {
        string operation = $"map ring buffer '{map.Name}' into memory";
        int page = Libc.PageSize;
        _consumerPage = MemoryMapping.Create(map.Fd, (nuint)page, writable: true, 0, operation);
        try
        {
            _producerPages = MemoryMapping.Create(map.Fd, (nuint)page + 2 * (nuint)map.MaxEntries, writable: false, page, operation);
        }
        catch
        {
            _consumerPage.Dispose();
            throw;
        }

        // SAFETY: both positions are at the start of their pages and the data starts one page after the producers', as the kernel
        // lays the map out; all stay mapped until Dispose.
        _consumer = (ulong*)_consumerPage.Address;
        _producer = (ulong*)_producerPages.Address;
        _data = _producerPages.Address + page;
        _mask = map.MaxEntries - 1;
    }

    public RingBufferPosition Position => new(Volatile.Read(ref *_consumer), Volatile.Read(ref *_producer), (long)_mask + 1);

    /// <summary>Hands over records until there are no more, the limit is reached, or the reader is being disposed.</summary>
    public int Read<THandler>(int source, ref THandler handler, int limit, BufferReader reader)
        where THandler : IRecordHandler, allows ref struct
    {
        int count = 0;
        ulong position = Volatile.Read(ref *_consumer);
        while (count < limit && !reader.IsClosing && position < Volatile.Read(ref *_producer))
        {
            // SAFETY: the position is below the producers', so a header is there; the kernel keeps every record, rounded up to eight
            // bytes, within the size of the ring, and the ring is mapped twice, so that it does not end at the wrap. Reading the length
            // with acquire makes the record's bytes visible once the busy bit is gone.
            byte* record = _data + (position & _mask);
            uint length = Volatile.Read(ref *(uint*)record);
            if ((length & Busy) != 0) break;

            uint size = length & ~(Busy | Discarded);
            position += (size + HeaderSize + 7) & ~7u;
            if ((length & Discarded) == 0)
            {
                count++;
                try
                {
                    handler.Handle(source, new ReadOnlySpan<byte>(record + HeaderSize, (int)size));
                }
                finally
                {
                    // Releases the record to producers, after all reads of it, and even when the handler throws.
                    Volatile.Write(ref *_consumer, position);
                }
            }
            else
            {
                Volatile.Write(ref *_consumer, position);
            }
        }

        return count;
    }

    public void Dispose()
    {
        _producerPages.Dispose();
        _consumerPage.Dispose();
    }
}
