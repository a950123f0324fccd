// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Keys, and what was signed with them.</content>
public static unsafe partial class Bpf
{
    /// <summary>A key by its number; a null reference when there is none. Must be put back. Since 6.1; may sleep.</summary>
    [Kfunc("bpf_lookup_user_key")]
    public static ref TKey LookupUserKey<TKey>(int serial, ulong flags)
        where TKey : unmanaged => throw KernelOnly.Call;

    /// <summary>The system's keys: built in (0), or of the second (1) or third ring (2). Must be put back. Since 6.1.</summary>
    [Kfunc("bpf_lookup_system_key")]
    public static ref TKey LookupSystemKey<TKey>(ulong id)
        where TKey : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a key back. Since 6.1.</summary>
    [Kfunc("bpf_key_put")]
    public static void KeyPut<TKey>(ref readonly TKey key)
        where TKey : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether data was signed by somebody who is trusted: 0, or a negative error. Since 6.1; may sleep.</summary>
    [Kfunc("bpf_verify_pkcs7_signature")]
    public static int VerifyPkcs7Signature<TKey>(ref Dynptr data, ref Dynptr signature, ref readonly TKey trusted)
        where TKey : unmanaged => throw KernelOnly.Call;

    /// <summary>A cipher; a null reference when it cannot be had. Must be released. Since 6.10; may sleep.</summary>
    [Kfunc("bpf_crypto_ctx_create")]
    public static ref TCipher CryptoCtxCreate<TParameters, TCipher>(ref readonly TParameters parameters, uint size, out int error)
        where TParameters : unmanaged
        where TCipher : unmanaged => throw KernelOnly.Call;

    /// <summary>Keeps a cipher from going away. Must be released. Since 6.10.</summary>
    [Kfunc("bpf_crypto_ctx_acquire")]
    public static ref TCipher CryptoCtxAcquire<TCipher>(ref readonly TCipher cipher)
        where TCipher : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a cipher back. Since 6.10.</summary>
    [Kfunc("bpf_crypto_ctx_release")]
    public static void CryptoCtxRelease<TCipher>(ref readonly TCipher cipher)
        where TCipher : unmanaged => throw KernelOnly.Call;

    /// <summary>Encrypts; the state, an initialization vector, may be null. Since 6.10.</summary>
    [Kfunc("bpf_crypto_encrypt")]
    public static int CryptoEncrypt<TCipher>(ref readonly TCipher cipher, ref Dynptr source, ref Dynptr destination, Dynptr* state)
        where TCipher : unmanaged => throw KernelOnly.Call;

    /// <summary>Decrypts; the state, an initialization vector, may be null. Since 6.10.</summary>
    [Kfunc("bpf_crypto_decrypt")]
    public static int CryptoDecrypt<TCipher>(ref readonly TCipher cipher, ref Dynptr source, ref Dynptr destination, Dynptr* state)
        where TCipher : unmanaged => throw KernelOnly.Call;
}
