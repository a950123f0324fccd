// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>What queues and stacks share.</summary>
internal static class Keyless
{
    public static bool TryPush<T>(BpfMap map, in T value)
        where T : unmanaged
    {
        Errno errno = map.TryUpdate(default, TypedView.BytesOf(in value), UpdateMode.Any);
        if (errno is not (Errno.None or Errno.E2BIG)) map.ThrowUpdate(errno);
        return errno is Errno.None;
    }

    public static bool TryPop<T>(BpfMap map, out T value)
        where T : unmanaged
    {
        value = default;
        return map.TryLookupAndDelete(default, TypedView.RoomOf(ref value));
    }

    public static bool TryPeek<T>(BpfMap map, out T value)
        where T : unmanaged
    {
        value = default;
        return map.TryLookup(default, TypedView.RoomOf(ref value));
    }
}
