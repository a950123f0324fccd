// SPDX-License-Identifier: MIT
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ruche.Bpf.Tests.Networking;

/// <summary>One side of a pair: a network namespace with one interface in it.</summary>
internal sealed partial class NetworkNamespace(string name, string interfaceName, IPAddress address)
{
    private const int NetworkKind = 0x40000000;

    public string Name { get; } = name;

    public string Interface { get; } = interfaceName;

    public IPAddress Address { get; } = address;

    public string Path => $"/run/netns/{Name}";

    /// <summary>Runs on a thread of its own that lives in this namespace. Sockets made there stay in it.</summary>
    public T Run<T>(Func<T> action)
    {
        T result = default!;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Enter();
                result = action();
            }
            catch (Exception e)
            {
                failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    // The thread ends afterwards, so nothing has to be restored.
    private void Enter()
    {
        using SafeFileHandle file = File.OpenHandle(Path);
        Assert.Equal(0, SetNamespace((int)file.DangerousGetHandle(), NetworkKind));
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int fd, int kind);
}
