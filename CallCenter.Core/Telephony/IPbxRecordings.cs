using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony;

/// <summary>Gives the recordings of one kind of PBX.</summary>
public interface IPbxRecordings
{
    /// <summary>The kind this port speaks to.</summary>
    PbxKind Kind { get; }

    /// <summary>
    /// Asks for a recording and hands its audio on while it arrives. <paramref name="take"/> is called once at most, and only when the
    /// answer begins like audio; the stream throws where the transfer breaks off, and <see cref="CutAudioException"/> at its end when
    /// less came than the file's own header says.
    /// </summary>
    /// <param name="pbx">The PBX.</param>
    /// <param name="name">Name as the call detail gives it.</param>
    /// <param name="take">Reads the stream to its end before it returns.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>
    /// What <paramref name="take"/> gave, or an error: one of <see cref="PbxRecordingErrors"/> is about this file, any other about the PBX.
    /// </returns>
    Task<Result<T>> FetchAsync<T>(
        PbxEndpoint pbx, string name, Func<Stream, CancellationToken, Task<Result<T>>> take, CancellationToken cancellationToken = default);

    /// <summary>Pauses or resumes the recording of a running call, where the PBX can.</summary>
    /// <param name="pbx">The PBX.</param>
    /// <param name="channel">The extension that talks: the portal knows no channels.</param>
    /// <param name="pause">False resumes.</param>
    /// <param name="cancellationToken">Stops waiting for the PBX.</param>
    /// <returns>Success, or <see cref="TelephonyErrors.Unsupported"/>.</returns>
    Task<Result> PauseAsync(PbxEndpoint pbx, string channel, bool pause, CancellationToken cancellationToken = default);
}

/// <summary>The file ended before its own header says so.</summary>
public sealed class CutAudioException : Exception
{
    /// <inheritdoc />
    public CutAudioException()
        : base("The audio ends too soon.")
    {
    }

    /// <inheritdoc />
    public CutAudioException(string message)
        : base(message)
    {
    }

    /// <inheritdoc />
    public CutAudioException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What can be wrong with one recording on a PBX.</summary>
public static class PbxRecordingErrors
{
    /// <summary>The PBX has no such file, perhaps not yet.</summary>
    public static readonly Error NoSuchFile = new("recordings.pbx_no_file", "The PBX has no such recording.");

    /// <summary>The answer is neither audio nor an error we know.</summary>
    public static readonly Error NotAudio = new("recordings.pbx_not_audio", "What the PBX sent is no audio.");

    /// <summary>The transfer broke off, or the file is shorter than its header says.</summary>
    public static readonly Error Cut = new("recordings.pbx_cut", "The recording arrived cut short.");

    /// <summary>The PBX cannot be asked for a name like this: too long, or with characters that it skips.</summary>
    public static readonly Error NameUnusable = new("recordings.pbx_name", "The PBX does not give files of such a name.");

    /// <summary>Whether the error is about one file and says nothing about the PBX.</summary>
    public static bool IsOfFile(Error error) => error.Code is "recordings.pbx_no_file" or "recordings.pbx_not_audio" or "recordings.pbx_cut" or "recordings.pbx_name";
}
