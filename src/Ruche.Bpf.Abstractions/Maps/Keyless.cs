// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>What queues and stacks share.</summary>
internal static class Keyless
{
    public static bool TryPush<T>(IBpfMap map, in T value)
        where T : unmanaged
    {
        Errno errno = map.TryUpdate(default, TypedView.BytesOf(in value), UpdateMode.Any);
        if (errno is not (Errno.None or Errno.E2BIG)) throw map.Explain(MapOperation.Update, errno);
        return errno is Errno.None;
    }

    public static bool TryPop<T>(IBpfMap map, out T value)
        where T : unmanaged
    {
        value = default;
        return map.IsThere(map.TryLookupAndDelete(default, TypedView.RoomOf(ref value)), MapOperation.Take);
    }

    public static bool TryPeek<T>(IBpfMap map, out T value)
        where T : unmanaged
    {
        value = default;
        return map.Find(default, TypedView.RoomOf(ref value));
    }
}
