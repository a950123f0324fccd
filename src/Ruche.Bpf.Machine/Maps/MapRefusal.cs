// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Makes exceptions of the answers of maps, with the way out where one is known.</summary>
internal static class MapRefusal
{
    public static BpfException OfCreation(MapSpec spec, Errno errno) => new($"create map '{spec.Name}'", errno, errno switch
    {
        Errno.EINVAL when !MapAttributes.IsKnown(spec.Type) => $"the machine has no maps of type {spec.Type}",
        Errno.EINVAL => "the kernel has no such map with these flags, key and value sizes, or max_entries",
        Errno.E2BIG => "max_entries, or a key or value, is larger than the kernel allows",
        Errno.ENOTSUPP => "the kernel cannot do that with this map type",
        Errno.ENOMEM => "this process has no memory for it; make it smaller",
        _ => null,
    });

    public static BpfException Of(MachineMap map, MapOperation operation, Errno errno) => new($"{Verb(operation)} map '{map.Name}'", errno, (operation, errno) switch
    {
        (MapOperation.Update, Errno.E2BIG) => "the map is full; raise max_entries",
        (MapOperation.Update, Errno.EEXIST) => "the key is there already",
        (MapOperation.Update, Errno.EBADF) => "there is no object of that number",
        (not MapOperation.Walk, Errno.ENOENT) => "the map has no such key",
        (_, Errno.EPERM) => "the map is frozen, or created without the right to do this",
        (_, Errno.EOPNOTSUPP or Errno.ENOTSUPP) => $"the kernel cannot do that with a map of type {map.Type}",
        _ => null,
    });

    private static string Verb(MapOperation operation) => operation switch
    {
        MapOperation.Lookup => "look up in",
        MapOperation.Update => "update",
        MapOperation.Delete => "delete from",
        MapOperation.Take => "take from",
        _ => "walk",
    };
}
