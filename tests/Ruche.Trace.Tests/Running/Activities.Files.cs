// SPDX-License-Identifier: MIT
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;

namespace Ruche.Trace.Tests.Running;

internal sealed partial class Activities
{
    private const string FileName = "ruche-file";

    private static void Open(string path)
    {
        Assert.Throws<DirectoryNotFoundException>(() => File.OpenRead(path));
    }

    // A file would be read by another system call.
    private static void Read()
    {
        using AnonymousPipeServerStream from = new(PipeDirection.Out);
        using AnonymousPipeClientStream to = new(PipeDirection.In, from.ClientSafePipeHandle);
        from.Write(new byte[1000]);
        byte[] bytes = new byte[100];
        for (int i = 0; i < 10; i++) to.ReadExactly(bytes);
    }

    /// <summary>The only files of virtual machines that are not in memory.</summary>
    public static string Disk => Path.Combine(Artifacts, "disk");

    private static string Artifacts => Path.Combine(Repository.Root, "artifacts");

    // Temporary files may be kept in memory; what is built is not.
    private static void WriteToDisk()
    {
        string path = Path.Combine(Directory.Exists(Disk) ? Disk : Artifacts, $"{FileName}.{Environment.ProcessId}");
        try
        {
            using FileStream file = new(path, FileMode.Create);
            file.Write(new byte[64 << 10]);
            file.Flush(flushToDisk: true);
            file.Write(new byte[64 << 10]);
            file.Flush();
            Synchronize();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Flush(string path)
    {
        using FileStream device = new(path, FileMode.Open, FileAccess.Write);
        device.WriteByte(1);
        device.Flush(flushToDisk: true);
    }

    private static void AskLoopDevice()
    {
        const nuint GetStatus = 0x4c05;
        using var device = File.OpenHandle("/dev/loop0");
        _ = Control((int)device.DangerousGetHandle(), GetStatus, new byte[4096]);
    }

    private void WriteAndRead()
    {
        string path = Path.Combine(_directory, FileName);
        using (FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(new byte[64 << 10]);
            file.Flush(flushToDisk: true);
        }

        using FileStream again = new(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        again.ReadExactly(new byte[48 << 10]);
    }

    // In a mount namespace of its own thread's.
    private void Mount()
    {
        const int NewMounts = 0x20000, PrivateAndBelow = 0x44000;
        byte[] none = "none\0"u8.ToArray(), root = "/\0"u8.ToArray(), kind = "tmpfs\0"u8.ToArray(), at = Encoding.UTF8.GetBytes(_directory + "\0");
        Assert.Equal(0, Unshare(NewMounts));
        Assert.Equal(0, Mount(none, root, none, PrivateAndBelow, 0));
        Assert.Equal(0, Mount(none, at, kind, 0, 0));
        Assert.Equal(0, Unmount(at, 2));
        Assert.Equal(-1, Mount(none, at, "nosuch\0"u8.ToArray(), 1, 0));
    }

    [DllImport("libc", EntryPoint = "sync")]
    private static extern void Synchronize();

    [DllImport("libc", EntryPoint = "ioctl")]
    private static extern int Control(int descriptor, nuint request, byte[] argument);

    [DllImport("libc", EntryPoint = "unshare")]
    private static extern int Unshare(int what);

    [DllImport("libc", EntryPoint = "mount")]
    private static extern int Mount(byte[] source, byte[] target, byte[] kind, nuint flags, nint data);

    [DllImport("libc", EntryPoint = "umount2")]
    private static extern int Unmount(byte[] target, int flags);
}
