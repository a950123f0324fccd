// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Specs;

/// <summary>
/// Damaged objects, read, linked and relocated: nothing but the documented exception comes out. The seed is fixed; RUCHE_FUZZ_SECONDS
/// makes it run longer, with a seed of the clock that is printed.
/// </summary>
public sealed class ObjectFuzzTests
{
    private const int Rounds = 4000;

    private static readonly string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #define CORE __attribute__((preserve_access_index))
        struct inner { int a; struct inner *next; } CORE;
        struct outer { struct inner in[2]; unsigned low:3, high:5; } CORE;
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, long); } leaf SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 2); __type(key, int); __array(values, struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, long); }); } outers SEC(".maps") = { .values = { &leaf } };
        extern int CONFIG_HZ __kconfig;
        extern const int bpf_prog_active __ksym __weak;
        extern void kfunc(int) __ksym;
        struct ops { int (*run)(int); int flags; };
        SEC("struct_ops/run") int run(int x) { return x; }
        SEC(".struct_ops.link") struct ops my_ops = { .run = (void *)run, .flags = 3 };
        static volatile long count;
        const volatile int limit = 3;
        static __attribute__((noinline)) int sub(int x) { return x + count; }
        static long each(__u32 i, void *ctx) { return sub(i); }
        SEC("tc") int first(struct outer *o) { long *v = bpf_map_lookup_elem(&leaf, &(int){ 0 }); kfunc(CONFIG_HZ); if (v) count += *v; bpf_loop(3, each, 0, 0); return o->in[1].next->a + o->low + __builtin_preserve_field_info(o->high, 4) + sub(limit); }
        SEC("kprobe/x") int second(void *ctx) { return &bpf_prog_active ? bpf_prog_active : 0; }
        char _license[] SEC("license") = "GPL";
        """;

    [Fact]
    public void Damaged_objects_are_refused_or_read()
    {
        bool isLong = int.TryParse(Environment.GetEnvironmentVariable("RUCHE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int seconds);
        int seed = isLong ? Environment.TickCount : 20261121;
        Random random = new(seed);
        byte[][] samples =
        [
            Clang.Compile(Source), Clang.Compile(Source, "--target=bpfeb"),
            .. isLong ? RealObjects.All.Where(o => o.Image.Length < 200_000).Select(o => o.Image) : [],
        ];
        var target = ObjectSpec.Read(samples[0]).Btf!;
        var clock = Stopwatch.StartNew();

        for (int round = 0; isLong ? clock.Elapsed.TotalSeconds < seconds : round < Rounds; round++)
        {
            byte[] image = Damage(samples[random.Next(samples.Length)], random);
            try
            {
                Use(image, target);
            }
            catch (InvalidObjectException e)
            {
                Assert.NotEmpty(e.Diagnostics);
            }
            catch (Exception e)
            {
                string path = Path.Combine(Path.GetTempPath(), $"ruche-fuzz-{seed}-{round}.o");
                File.WriteAllBytes(path, image);
                Assert.Fail($"seed {seed}, round {round}, {path}: {e}");
            }
        }
    }

    private static void Use(byte[] image, BtfSpec target)
    {
        if (!ObjectSpec.TryRead(image, "fuzz", out var spec, out var diagnostics))
        {
            Assert.True(diagnostics.HasErrors);
            return;
        }

        CoreRelocator? relocator = spec.Btf is { } types ? new(types, target) : null;
        foreach (var program in spec.Programs)
        {
            if (!ProgramLinker.TryLink(program, spec, out var linked, out _) || relocator is null) continue;
            foreach (var failure in relocator.Relocate(linked).Failures) _ = failure.ToString();
        }
    }

    private static byte[] Damage(byte[] sample, Random random)
    {
        byte[] image = [.. sample];
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            int at = random.Next(8) == 0 ? random.Next(64) : random.Next(image.Length);
            switch (random.Next(5))
            {
                case 0: image[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: image[at] = (byte)random.Next(256); break;
                case 2: image.AsSpan(at, Math.Min(8, image.Length - at)).Fill((byte)(random.Next(2) * 255)); break;
                case 3: BitConverter.GetBytes(random.Next(64)).AsSpan(0, Math.Min(4, image.Length - at)).CopyTo(image.AsSpan(at)); break;
                default: image.AsSpan(random.Next(image.Length - 8), 8).CopyTo(image.AsSpan(Math.Min(at, image.Length - 8))); break;
            }
        }

        return random.Next(10) == 0 ? image[..random.Next(image.Length)] : image;
    }
}
