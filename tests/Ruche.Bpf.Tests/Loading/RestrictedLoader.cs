// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;

namespace Ruche.Bpf.Tests.Loading;

/// <summary>A process of its own that loads an object with whatever rights it was given, and says what came of it.</summary>
internal static class RestrictedLoader
{
    public const string Verb = "load-restricted";

    public const string Source = """
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, long); __uint(max_entries, 65536); } large SEC(".maps");
        SEC("socket") int nothing(void *ctx) { int key = 0; return bpf_map_lookup_elem(&large, &key) != 0; }
        """;

    public static int Run()
    {
        try
        {
            using var loaded = BpfObject.Open(TestObject.Read(Source));
            loaded.Load();
            return 0;
        }
        catch (BpfException e)
        {
            Console.WriteLine(e.Message);
            return 1;
        }
    }
}
