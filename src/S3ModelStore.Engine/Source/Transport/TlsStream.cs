using System.Net.Security;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>TLS over a <see cref="ReceiveBufferStream"/>, which takes more off the socket than was asked for.</summary>
internal sealed class TlsStream : SslStream
{
    /// <param name="connection">Closed with this object.</param>
    public TlsStream(Stream connection)
        : base(new ReceiveBufferStream(connection), leaveInnerStreamOpen: false)
    {
    }

    /// <summary>Records came, or parts of them, that nobody has read yet.</summary>
    public bool HoldsMore => !((ReceiveBufferStream)InnerStream).IsEmpty;
}
