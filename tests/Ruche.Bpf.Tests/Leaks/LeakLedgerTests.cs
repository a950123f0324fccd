// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Pins;

namespace Ruche.Bpf.Tests.Leaks;

public sealed class LeakLedgerTests : KernelTest
{
    [Fact]
    public void An_open_descriptor_is_found_with_the_stack_that_opened_it()
    {
        BpfMap map = TestMap.Create(MapType.Array, 4, 4, 1);

        string leak = Assert.Single(LeakLedger.OpenedByTest(TimeSpan.Zero));
        map.Dispose();

        Assert.StartsWith("an open descriptor", leak, StringComparison.Ordinal);
        Assert.Contains(nameof(An_open_descriptor_is_found_with_the_stack_that_opened_it), leak, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_forgotten_pin_keeps_alive_is_found()
    {
        uint id;
        using (BpfMap map = TestMap.Create(MapType.Array, 4, 4, 1))
        {
            id = map.Id;
            map.Pin(PinPath("forgotten"));
        }

        string leak = Assert.Single(LeakLedger.OpenedByTest(TimeSpan.Zero));
        BpfPins.Remove(PinPath("forgotten"));
        Directory.Delete(PinDirectory);

        Assert.StartsWith($"map {id} still alive", leak, StringComparison.Ordinal);
    }
}
