// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Btf;

/// <summary>Damaged images: only the documented exception may come out, and soon. RUCHE_FUZZ_SECONDS makes each test run that long.</summary>
public sealed class BtfFuzzTests
{
    private const int Rounds = 80;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly uint[] Interesting = [0, 1, 2, 0x7f, 0xff, 0xffff, 0x10000, 0xff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Damaged_types_of_an_object_are_survived(string target) => Fuzz(BtfSamples.Compile(target: target).Btf, seed: 1, Exercise);

    [Fact]
    public void Damaged_types_of_the_kernel_are_survived() => Fuzz(KernelSlice(), seed: 2, Exercise);

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Damaged_records_of_an_object_are_survived(string target)
    {
        var sample = BtfSamples.Compile(target: target);
        var btf = BtfSpec.Read(sample.Btf);

        Fuzz(sample.BtfExt, seed: 3, image =>
        {
            var ext = BtfExt.Read(image, btf);
            ext.Write(BtfBuilder.From(btf));
        });
    }

    [Fact]
    public void Undamaged_images_pass_the_exercise()
    {
        Exercise(BtfSamples.Compile().Btf);
        Exercise(KernelSlice());
    }

    private static void Fuzz(byte[] image, int seed, Action<byte[]> exercise)
    {
        int seconds = int.Parse(Environment.GetEnvironmentVariable("RUCHE_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            byte[] damaged = Damage(image, new Random(seed * 1_000_003 + round));
            long began = Stopwatch.GetTimestamp();
            try
            {
                exercise(damaged);
            }
            catch (InvalidObjectException)
            {
                // the documented one
            }
            catch (Exception other)
            {
                Assert.Fail($"round {round} of seed {seed}: {other}");
            }
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"round {round} of seed {seed} took {Stopwatch.GetElapsedTime(began)}");
        }
    }

    private static byte[] Damage(byte[] image, Random random)
    {
        byte[] damaged = [.. image];
        for (int hits = random.Next(1, 12); hits > 0; hits--)
        {
            int at = random.Next(damaged.Length);
            switch (random.Next(6))
            {
                case 0: damaged[at] = (byte)random.Next(256); break;
                case 1: damaged[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: BitConverter.TryWriteBytes(damaged.AsSpan(at & ~3), Interesting[random.Next(Interesting.Length)]); break;
                case 3: BitConverter.TryWriteBytes(damaged.AsSpan(at & ~3), random.Next(200)); break;
                case 4 when damaged.Length > 64 && random.Next(4) == 0: damaged = damaged[..random.Next(24, damaged.Length)]; break;
                default: damaged.AsSpan(at, Math.Min(12, damaged.Length - at)).CopyTo(damaged.AsSpan(random.Next(damaged.Length - 12))); break;
            }
        }
        return damaged;
    }

    /// <summary>Everything one can ask of a set; what one question stumbles over must not hide what the next would.</summary>
    private static void Exercise(byte[] image)
    {
        var spec = BtfSpec.Read(image);
        byte[] bytes = new byte[256];
        for (int id = 0; id < spec.Count; id++)
        {
            int type = id;
            Survive(() => spec[type].ToString());
            Survive(() => spec.TypeNameOf(type));
            Survive(() => spec.SizeOf(type));
            Survive(() => spec.AlignmentOf(type));
            Survive(() => spec.Find(spec.NameOf(type)).Count());
            Survive(() => BtfValueReader.Read(spec, type, bytes).ToString());
        }
        Survive(() => CHeaderRenderer.Render(spec));
        Survive(() => CSharpRenderer.Render(spec, new() { Roots = [.. spec.IdsOf(BtfKind.Struct)] }));
        Survive(() => KernelCSharpRenderer.Render(spec, new() { Roots = [] }));
        Survive(() => Written(spec));
        Survive(() => BtfDeduplicator.Deduplicate(spec));
        Survive(() => BtfSanitizer.Sanitize(spec, BtfFeatures.None));
        Survive(() => BtfBuilder.From(spec).Write(ByteOrder.Big));
        Survive(() => new BtfBuilder().Append(spec));
    }

    private static long Written(BtfSpec spec)
    {
        using MemoryStream output = new();
        JsonRenderer.Render(spec, output);
        return output.Length;
    }

    private static void Survive(Func<object?> question)
    {
        try
        {
            question();
        }
        catch (InvalidObjectException)
        {
            // the documented one
        }
    }

    private static byte[] KernelSlice()
    {
        const int Count = 600;
        var kernel = BtfSamples.OpenKernel();
        BtfBuilder builder = new();
        for (int id = 1; id < Count; id++) builder.Add(BtfReferences.Map(kernel[id], other => other < Count ? other : 0));
        return builder.Write();
    }
}
