// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Images;
using Ruche.Symbols.Files;

namespace Ruche.Symbols.Tests.Files;

public sealed class ProgramFileTests
{
    [Fact]
    public void Damaged_files_are_read_without_a_fault()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"], "-rdynamic");
        byte[] good = File.ReadAllBytes(directory["program"]);
        using ProgramFiles store = new(new());
        foreach (int seed in FuzzSeeds.Take(1500))
        {
            Random random = new(seed);
            byte[] damaged = random.Next(2) == 0 ? good[..random.Next(good.Length)] : [.. good];
            for (int i = random.Next(1, 24); i > 0 && damaged.Length > 0; i--) damaged[Place(random, damaged.Length)] = (byte)random.Next(256);
            using ProgramFile file = new(store, ImageBytes.Of(damaged), null, "damaged", []);

            for (ulong offset = 0; offset < (ulong)good.Length; offset += 97)
            {
                if (!file.TryGetAddress(offset, out ulong address)) continue;
                int index = file.Table.IndexAt(address);
                if (index >= 0) Assert.NotNull(file.Table.NameOf(index, demangles: true));
            }

            Assert.NotNull(file.BuildId);
        }
    }

    // Most damage is done to the headers, at the start and at the end.
    private static int Place(Random random, int length) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(length, 1024)),
        1 => length - 1 - random.Next(Math.Min(length, 2048)),
        _ => random.Next(length),
    };
}
