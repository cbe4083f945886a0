package io.curia.zookeeper;

import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import org.apache.zookeeper.KeeperException.Code;

/** What ZooKeeper's codes mean to a caller of the ports. */
final class Failures {

    private Failures() {
    }

    /** Returns the failure of a read, or of a write whose fate does not matter. */
    static StoreException of(Code code, String path) {
        return new StoreException(kind(code), words(code) + " (" + path + ")");
    }

    /** Returns whether the answer was lost with the connection or the session. */
    static boolean isLost(Code code) {
        return switch (code) {
            case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT -> true;
            default -> false;
        };
    }

    static boolean isDenied(Code code) {
        return switch (code) {
            case NOAUTH, AUTHFAILED, INVALIDACL, SESSIONCLOSEDREQUIRESASLAUTH -> true;
            default -> false;
        };
    }

    static String words(Code code) {
        return switch (code) {
            case CONNECTIONLOSS -> "the connection to ZooKeeper was lost";
            case SESSIONEXPIRED -> "the ZooKeeper session ended";
            case OPERATIONTIMEOUT, REQUESTTIMEOUT -> "ZooKeeper did not answer in time";
            case NOAUTH -> "ZooKeeper's access rules do not permit this";
            case AUTHFAILED, SESSIONCLOSEDREQUIRESASLAUTH -> "ZooKeeper did not accept the credentials";
            case INVALIDACL -> "ZooKeeper wants credentials to protect znodes with, and there are none";
            case NONODE -> "no such znode";
            case NODEEXISTS -> "the znode exists";
            case BADVERSION -> "the znode has another version";
            default -> "ZooKeeper answered " + code;
        };
    }

    private static Kind kind(Code code) {
        if (isLost(code)) {
            return Kind.UNAVAILABLE;
        }
        if (isDenied(code)) {
            return Kind.DENIED;
        }
        return switch (code) {
            case NONODE -> Kind.NOT_FOUND;
            case NODEEXISTS, BADVERSION -> Kind.CONFLICT;
            default -> Kind.UNAVAILABLE;
        };
    }
}
